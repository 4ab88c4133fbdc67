import { describe, expect, it, vi } from 'vitest';
import { extractBytes, extractFixture, fixtureBytes, outcomesOfCuts } from '../../../testing/extract-fixture.ts';
import { buildDocx, wordParagraph } from '../../../testing/office-builder.ts';
import { writeZip } from '../../../testing/zip-writer.ts';
import { extractDocx } from './extract-docx.ts';

// Bombs take their time to be made, on a busy machine more of it.
vi.setConfig({ testTimeout: 60_000 });

const read = async (body: string, parts: Readonly<Record<string, string>> = {}): ReturnType<typeof extractBytes> =>
  await extractBytes(extractDocx, buildDocx(body, parts));

describe('extractDocx', () => {
  it('reads what pandoc wrote', async () => {
    const { text, title, headings, tables, pages } = await extractFixture(extractDocx, 'office/lease.docx');
    expect(title).toBe('Lease of a Garden House');
    expect(headings.map(({ level, title: words, start }) => [level, words, text.slice(start, start + 4)])).toEqual([
      [1, 'Lease of a Garden House', 'Leas'],
      [1, 'Parties and object', 'Part'],
      [2, 'Term', 'Term'],
      [2, 'Rent', 'Rent'],
      [1, 'Deposit', 'Depo'],
    ]);
    expect(text).toContain(
      '14 Linden Lane.[^1]\n\n[^1]: Two keys are handed over; a third stays with the landlord.\n\n',
    );
    expect(text).toContain(
      '1. with three months’ notice in writing,\n2. at once for good cause:\n  a. rent unpaid for two months,\n  b. use against the law.\n3. by agreement.\n• No pets but cats.\n• No fires.\n\n',
    );
    const [table] = tables;
    expect(text.slice(table?.start, table?.end)).toBe(
      'Item | Amount per month | Due\nRent | 640.00 EUR | first weekday\nHeating | 85.50 EUR | first weekday\nWater | 22.00 EUR | 15th',
    );
    expect(table?.header).toBe('Item | Amount per month | Due');
    expect(pages).toBeNull();
  });

  it('keeps what is hidden and deleted out of what LibreOffice wrote, and says so', async () => {
    const { text, report } = await extractFixture(extractDocx, 'office/mietvertrag.docx');
    expect(text).toContain('Sichtbar bleibt sichtbar.');
    expect(text).toContain('Katzen sind erlaubt, Bienen auch.[^i]\n\n[^i]: Siehe die Satzung des Gartenvereins.');
    expect(text).toContain('Comment by Mira Okafor: Adresse noch prüfen.');
    expect(text).toContain('Zusammen mit Nebenkosten 747,50 € |  | 15.');
    expect(text).toContain('am\t1. März 2024\nin Freiburg   im Breisgau.\n\nEnde des Vertrags.\n\nKasten am Rand');
    expect(text).not.toMatch(/verborgen|Hunde/);
    expect(report).toEqual({
      recognisedPages: [],
      unreadablePages: [],
      hiddenCharacters: 42,
      hiddenSample: 'verborgen eins\nverborgen zwei\nverborgen drei',
      omissions: ['deleted-text'],
    });
  });

  it('tells headings by outline levels, and by styles that are based on styles, also in a circle', async () => {
    const styles = [
      '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 2"/><w:basedOn w:val="b"/></w:style>',
      '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>',
      '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="Überschrift 3"/></w:style>',
    ];
    const styled = (id: string): string =>
      `<w:p><w:pPr><w:pStyle w:val="${id}"/></w:pPr><w:r><w:t>${id}</w:t></w:r></w:p>`;
    const outlined = '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>d</w:t></w:r></w:p>';
    const { headings } = await read(`${styled('b')}${styled('c')}${outlined}${styled('none')}`, {
      styles: styles.join(''),
    });
    expect(headings.map(({ level, title }) => [level, title])).toEqual([
      [2, 'b'],
      [3, 'c'],
      [1, 'd'],
    ]);
  });

  // White letters are a trick on white paper, and the usual look of a header on a dark ground.
  it('takes white letters for hidden only where nothing lies behind them', async () => {
    const white = '<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>white </w:t></w:r>';
    const cell = (shading: string): string =>
      `<w:tbl><w:tr><w:tc><w:tcPr>${shading}</w:tcPr><w:p>${white}</w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`;
    const dark = '<w:shd w:val="clear" w:fill="1F3864"/>';
    const { text, report } = await read(
      `${wordParagraph('Seen.')}<w:p>${white}</w:p>${cell(dark)}${cell('')}<w:p><w:pPr>${dark}</w:pPr>${white}</w:p>`,
    );
    expect(text).toBe('Seen.\n\nwhite | b\n\n | b\n\nwhite\n\n');
    expect(report.hiddenCharacters).toBe(10);
  });

  it('reads a box once, though it is there for new and for old programs', async () => {
    const box = (words: string): string => `<w:txbxContent>${wordParagraph(words)}</w:txbxContent>`;
    const { text } = await read(
      `<w:p><w:r><mc:AlternateContent><mc:Choice>${box('new')}</mc:Choice><mc:Fallback>${box('old')}</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>around</w:t></w:r></w:p>`,
    );
    expect(text).toBe('around\n\nnew\n\n');
  });

  it('reads what a frame of one cell holds as paragraphs, and rows inside cells as their words', async () => {
    const table = (cells: readonly string[]): string =>
      `<w:tbl><w:tr>${cells.map((cell) => `<w:tc>${cell}</w:tc>`).join('')}</w:tr></w:tbl>`;
    const inner = table([wordParagraph('c'), wordParagraph('d')]);
    const { text } = await read(
      `${table([wordParagraph('One.') + wordParagraph('Two.')])}${table([wordParagraph('a'), inner])}`,
    );
    expect(text).toBe('One.\n\nTwo.\n\na | c, d;\n\n');
  });

  it('is damaged without its main part, and says when a part is not as it was written', async () => {
    const missing = writeZip([{ name: '_rels/.rels', content: '<a/>' }]);
    await expect(extractBytes(extractDocx, missing)).rejects.toMatchObject({ code: 'file/damaged' });
    const bytes = buildDocx(wordParagraph('Words.'));
    const directory = bytes.lastIndexOf('word/document.xml');
    bytes.writeUInt32LE(1, directory - 46 + 16);
    expect((await extractBytes(extractDocx, bytes)).report.omissions).toEqual(['damaged-part']);
  });

  it('reads 10 MB that lie packed in 30 kB', async () => {
    const paragraph = wordParagraph('The same words again and again.');
    const bytes = buildDocx(paragraph.repeat(10_000_000 / paragraph.length));
    expect(bytes.length).toBeLessThan(60_000);
    expect((await extractBytes(extractDocx, bytes)).text.length).toBeGreaterThan(5_000_000);
  });

  it('ends in a typed error wherever the file is cut', async () => {
    const bytes = await fixtureBytes('office/mietvertrag.docx');
    const cuts = Array.from({ length: 50 }, (_, index) => Math.floor((bytes.length * index) / 50));
    expect([...(await outcomesOfCuts(extractDocx, bytes, cuts))]).toEqual(['file/damaged']);
  });
});
