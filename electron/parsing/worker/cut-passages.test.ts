import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../../testing/seeded-random.ts';
import { cutPassages, passageLimitTokens } from './cut-passages.ts';
import type { PassageSource } from './cut-passages.ts';
import { estimateTokens } from './estimate-tokens.ts';
import { findHeadings } from './find-headings.ts';
import { findMarkdownTables } from './text/find-markdown-tables.ts';

const pieces = [
  'word',
  'Another',
  ' ',
  '  ',
  '\n',
  '\n\n',
  '. ',
  '? ',
  'Mr. ',
  '# Title\n',
  '\n\nCHAPTER II\n\n',
  '日本語。',
  '🙂',
  '- item\n',
  'x'.repeat(300),
  '\t',
  '12,345.67 ',
  '[7] Anna: ',
  'é',
  '\u00a0',
  '“quoted.” ',
  '|a|b|\n',
  'https://example.org/a?b=c ',
];

function randomText(seed: number): string {
  const random = createSeededRandom(seed);
  const length = Math.floor(random() * 1_500);
  return Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)]).join('');
}

const markdown = (text: string): PassageSource => ({
  text,
  headings: findHeadings(text, 'markdown'),
  pages: null,
  tables: findMarkdownTables(text),
  format: 'markdown',
});

const cut = (text: string) => [...cutPassages(markdown(text))];

describe('cutPassages', () => {
  it.each(Array.from({ length: 60 }, (_value, seed) => seed))(
    'keeps everything but blank space, in order (seed %i)',
    (seed) => {
      const text = randomText(seed);
      let end = 0;
      for (const passage of cut(text)) {
        // Between two passages there is nothing but blank space, and no passage begins or ends with it.
        expect(text.slice(end, passage.start).trim()).toBe('');
        const content = text.slice(passage.start, passage.end);
        expect(content).toBe(content.trim());
        expect(content).not.toBe('');
        expect(content.isWellFormed()).toBe(true);
        expect(estimateTokens(content)).toBeLessThanOrEqual(passageLimitTokens);
        expect(passage.lines).toEqual({
          first: text.slice(0, passage.start).split('\n').length,
          last: text.slice(0, passage.end).split('\n').length,
        });
        end = passage.end;
      }
      expect(text.slice(end).trim()).toBe('');
    },
  );

  it('ends passages at sentences, and gathers them up to the limit', () => {
    const text = Array.from({ length: 200 }, (_value, index) => `Sentence ${index} tells of a small thing.`).join(' ');
    const passages = cut(text);
    for (const { start, end } of passages) expect(text.slice(start, end)).toMatch(/^Sentence .*thing\.$/s);
    const sizes = passages.slice(0, -1).map(({ start, end }) => estimateTokens(text.slice(start, end)));
    expect(Math.min(...sizes)).toBeGreaterThan(passageLimitTokens * 0.6);
  });

  it('never crosses a heading where there is text enough, and tells the headings above', () => {
    const words = 'Some words follow one another here. '.repeat(9).trim();
    const text = `# A\n\n${words}\n\n## B\n\n${words}\n\n# C\n\n## D\n\n${words}`;
    expect(cut(text).map(({ start, end, headings }) => [text.slice(start, end), headings])).toEqual([
      [`# A\n\n${words}`, ['A']],
      [`## B\n\n${words}`, ['A', 'B']],
      [`# C\n\n## D\n\n${words}`, ['C', 'D']],
    ]);
  });

  // A list of one-line sections would otherwise be as many passages of five words, which no search tells apart.
  it('joins short sections under the same outer heading', () => {
    const text = '# A\n\none\n\n## B\n\ntwo\n\n## C\n\nthree\n\n# D\n\n## E\n\nfour';
    expect(cut(text).map(({ start, end, headings }) => [text.slice(start, end), headings])).toEqual([
      ['# A\n\none\n\n## B\n\ntwo\n\n## C\n\nthree', ['A']],
      ['# D\n\n## E\n\nfour', ['D', 'E']],
    ]);
  });

  it('keeps the turns of a meeting whole where they fit', () => {
    const text = Array.from({ length: 100 }, (_value, turn) => `[${turn}] Anna: well , I think so . And you ?`).join(
      '\n',
    );
    for (const { start, end } of cut(text)) expect(text.slice(start, end)).toMatch(/^\[\d+\] .*you \?$/s);
  });

  // A citation opens a page: a passage of two pages would point at the wrong one half of the time.
  it('never crosses a page, and tells it', () => {
    const pages = ['First page has words.\n\n', '', 'A sentence that ends\n\n', 'on the next page. More.'];
    const text = pages.join('');
    let start = 0;
    const found = [
      ...cutPassages({
        text,
        format: 'pdf',
        headings: [{ level: 1, title: 'First', start: 0 }],
        tables: [],
        pages: pages.map((content) => {
          start += content.length;
          return { start: start - content.length, label: null, reading: 'text', size: null, runs: [] };
        }),
      }),
    ];
    expect(found.map(({ start: from, end, page, lines }) => [text.slice(from, end), page, lines])).toEqual([
      ['First page has words.', 1, null],
      ['A sentence that ends', 3, null],
      ['on the next page. More.', 4, null],
    ]);
    expect(found.every(({ headings }) => headings[0] === 'First')).toBe(true);
  });

  // A row without its header is a line of figures that answers nothing.
  it('keeps rows of a table whole, and names the columns where the header is in another passage', () => {
    const rows = Array.from({ length: 120 }, (_value, row) => `| Flat ${row}. Third floor | ${row * 10} € | yes. No |`);
    const text = `# Rents\n\n| Flat | Rent | Garden |\n|---|---|---|\n${rows.join('\n')}\n\nThe end.`;
    const passages = cut(text);
    for (const { start, end, headings } of passages) {
      const content = text.slice(start, end);
      expect(content).toMatch(/^(?:# Rents|\| Flat \d+\.)/);
      expect(content).toMatch(/(?:No \||The end\.)$/);
      expect(headings).toEqual(start === 0 ? ['Rents'] : ['Rents', 'Columns: Flat | Rent | Garden']);
    }
    expect(passages.length).toBeGreaterThan(5);
  });

  it('cuts code at its lines, at blank ones where it can', () => {
    const block = `function f(a, b) {\n${'  const value = a.read(b). then(b);\n'.repeat(5)}}`;
    const text = Array.from({ length: 12 }, () => block).join('\n\n');
    const found = [...cutPassages({ text, format: 'code', headings: [], tables: [], pages: null })];
    for (const { start, end } of found) {
      expect(text.slice(start, end)).toMatch(/^function[^]*\}$/);
    }
  });
});
