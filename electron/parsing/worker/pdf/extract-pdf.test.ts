import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExtractedDocument } from '../extracted-document.ts';
import { extractPdf } from './extract-pdf.ts';

const fixture = (name: string): Promise<Buffer> => readFile(join(import.meta.dirname, '../../fixtures/pdf', name));

async function extract(name: string): Promise<ExtractedDocument> {
  const tools = { name, recognitionLanguages: [], onProgress: () => undefined };
  return extractPdf(await fixture(name), tools);
}

const pageText = ({ text, pages }: ExtractedDocument, page: number): string =>
  text.slice(pages?.[page - 1]?.start, pages?.[page]?.start);

const table = [
  'Tower | Finding | Cost | Due',
  'Grey Point | Cracked lens | 4,200 | March',
  'Seal Rock | Rusted railing on the upper gallery, two posts are loose | 1,150 | May',
  'Old Harbour | Leaking roof | 7,900 | October',
  'Cape Ember | No finding | 0 | none',
].join('\n');

const everyFixture = [
  'report.pdf',
  'two-columns.pdf',
  'deutsch.pdf',
  'rotated.pdf',
  'hidden.pdf',
  'scan-with-layer.pdf',
];

describe('extractPdf', () => {
  // Catches offsets that drift from the text by a separator, and boxes in the wrong corner of the page.
  it.each(everyFixture)('places every run of %s within its page and its text', async (name) => {
    const document = await extract(name);
    for (const [index, { start, runs, size }] of (document.pages ?? []).entries()) {
      const end = document.pages?.[index + 1]?.start ?? document.text.length;
      let at = start;
      for (const [from, to, x, y, width, height] of runs) {
        expect(from).toBeGreaterThanOrEqual(at);
        expect(to).toBeLessThanOrEqual(end);
        expect(document.text.slice(from, to)).toMatch(/^\S(?:[^\n]*\S)?$/u);
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(x + width).toBeLessThanOrEqual((size?.width ?? 0) + 1);
        expect(y + height).toBeLessThanOrEqual((size?.height ?? 0) + 1);
        at = to;
      }
    }
  });

  it('takes headings and their levels from the outline', async () => {
    const { headings, text, title } = await extract('report.pdf');
    expect(headings.map((heading) => [heading.level, heading.title])).toEqual([
      [1, '1 Purpose of this report'],
      [2, '1.1 Scope'],
      [1, '2 Findings'],
      [2, '2.1 Costs by tower'],
      [2, '2.2 Recommendations'],
      [1, '3 Schedule'],
      [1, '4 Contact'],
    ]);
    for (const heading of headings) expect(text.startsWith(heading.title, heading.start)).toBe(true);
    expect(title).toBe('Lighthouse Maintenance Report');
  });

  // Catches running headers between the two halves of a sentence, and a filter that also takes the first one.
  it('leaves running headers and page numbers out, but for the first of what repeats word by word', async () => {
    const { text } = await extract('report.pdf');
    expect(text.match(/Northern Harbour Office/g)).toHaveLength(1);
    expect(text).not.toMatch(/Lighthouses, page/);
  });

  // On the turned page, the lines of the table are vertical.
  it.each([
    ['report.pdf', 2],
    ['rotated.pdf', 1],
  ])('writes the table of %s row by row', async (name, page) => {
    const document = await extract(name);
    expect(pageText(document, page)).toContain(table);
    const [found] = document.tables;
    expect(document.text.slice(found?.start, found?.end)).toBe(table);
    expect(found?.header).toBe('Tower | Finding | Cost | Due');
  });

  // Catches lines that are read across the gutter, and a sentence that ends with its column.
  it('reads one column after the other', async () => {
    const { text, headings } = await extract('two-columns.pdf');
    expect(text.indexOf('Terns nest on open ground')).toBeLessThan(text.indexOf('Nine microphones stood'));
    expect(text).toContain('divided by the mean number of calls of a pair.\n\nTwo observers counted');
    expect(text).toContain('three hundred and twenty-four according');
    expect(headings.map(({ title }) => title)).toEqual(['1 Introduction', '2 Method', '3 Results', '4 Discussion']);
  });

  it('joins words that are broken at the end of a line, with a run for each half', async () => {
    const document = await extract('deutsch.pdf');
    expect(document.text).toContain('Niederschlagsmenge und Windgeschwindigkeit sowie durch öffentliche Vorträge');
    expect(document.text).not.toMatch(/\p{L}-\s|\u00AD/u);
    const word = document.text.indexOf('Windgeschwindigkeit');
    const halves = document.pages?.[0]?.runs.filter(([from, to]) => from < word + 19 && to > word) ?? [];
    expect(halves.length).toBe(2);
    expect(halves[0]?.[1]).toBe(halves[1]?.[0]);
  });

  // A prompt that a person cannot see must not reach a model as if they had read it.
  it('keeps what nobody sees out of the text, and tells of it', async () => {
    const { text, report } = await extract('hidden.pdf');
    expect(text).toBe(
      'The invoice amounts to 480 euros and is due in May.\n\nWhite letters on a dark bar can be read.\n\n' +
        'Questions are answered by the accounts office.\n\n',
    );
    expect(report.hiddenCharacters).toBe(108);
    expect(report.hiddenSample.split('\n').map((line) => line.slice(0, 6))).toEqual(['White:', 'Tiny: ', 'Below:']);
  });

  // Text without ink is hidden elsewhere; here it is all that there is.
  it('takes the layer of a scan for its text', async () => {
    const { text, pages, report } = await extract('scan-with-layer.pdf');
    expect(text).toContain('the museum in the tower opens at nine in the morning');
    expect(pages?.[0]?.reading).toBe('text');
    expect(report.hiddenCharacters).toBe(0);
  });

  it('lists pages that it could not read', async () => {
    const { pages, report } = await extract('mixed.pdf');
    expect(pages?.map(({ reading }) => reading)).toEqual(['text', 'unreadable']);
    expect(report.unreadablePages).toEqual([2]);
  });

  it('tells of files inside', async () => {
    expect((await extract('attachment.pdf')).report.omissions).toEqual(['attachments']);
  });

  it.each([
    ['encrypted.pdf', 'file/encrypted'],
    ['scan-english.pdf', 'file/no-text'],
    ['outlines.pdf', 'file/no-text'],
  ])('refuses %s with a code of its own', async (name, code) => {
    await expect(extract(name)).rejects.toMatchObject({ code });
  });

  it('refuses what is no PDF after its first bytes', async () => {
    const tools = { name: 'a.pdf', recognitionLanguages: [], onProgress: () => undefined };
    await expect(extractPdf(Buffer.from('%PDF-1.7\nnothing'), tools)).rejects.toMatchObject({ code: 'file/damaged' });
  });

  // The deadline is renewed by these; a document of many pages would end without them.
  it('tells of every page that is done', async () => {
    const done: number[] = [];
    const onProgress = (fraction: number, isPageDone?: boolean): void => {
      if (isPageDone === true) done.push(fraction);
    };
    await extractPdf(await fixture('report.pdf'), { name: 'report.pdf', recognitionLanguages: [], onProgress });
    expect(done).toEqual([0.25, 0.5, 0.75, 1]);
  });
});
