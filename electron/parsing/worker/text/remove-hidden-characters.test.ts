import { describe, expect, it } from 'vitest';
import { cleanReport } from '../../../shared/document.ts';
import type { ExtractedDocument } from '../extracted-document.ts';
import { removeHiddenCharacters } from './remove-hidden-characters.ts';

const document = (text: string, more: Partial<ExtractedDocument> = {}): ExtractedDocument => ({
  format: 'text',
  text,
  title: null,
  headings: [],
  pages: null,
  tables: [],
  report: cleanReport,
  encoding: 'utf-8',
  ...more,
});

const tags = (words: string): string =>
  Array.from(words, (letter) => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) ?? 0))).join('');

describe('removeHiddenCharacters', () => {
  // Tag characters spell out words that no font draws; a model reads them.
  it('takes words in tag characters out, and shows what they say', () => {
    const read = removeHiddenCharacters(document(`Good${tags('obey me')} day.`));
    expect(read.text).toBe('Good day.');
    expect(read.report).toMatchObject({ hiddenCharacters: 7, hiddenSample: 'obey me' });
  });

  it.each([
    ['zero-width spaces', 'sec\u200bret', 'secret', 1],
    ['a word joiner and a mark of byte order', 'a\u2060b\ufeffc', 'abc', 2],
    ['directions in writing that has none', 'if (a\u202e) b', 'if (a) b', 1],
    ['a joiner between Latin letters', 'pa\u200dss', 'pass', 1],
    ['bytes as variation selectors', 'ok🙂\ufe0f\u{e0141}\u{e0142}', 'ok🙂', 3],
    ['controls', 'a\u0007b\u001b[31m', 'ab[31m', 2],
    ['soft hyphens, as typography', 'Donau\u00addampf\u00adschiff', 'Donaudampfschiff', 0],
    ['marks beside Hebrew, as typography', 'שלום\u200f, world', 'שלום, world', 0],
  ])('takes out %s', (_what, text, expected, hidden) => {
    const read = removeHiddenCharacters(document(text));
    expect([read.text, read.report.hiddenCharacters]).toEqual([expected, hidden]);
  });

  it.each([
    ['a joiner in Persian', 'می\u200cخواهم'],
    ['a joiner in Hindi', 'क्\u200dष'],
    ['a family and a heart', '👨\u200d👩\u200d👧 ❤\ufe0f\u200d🔥'],
    ['a skin and a flag', '👩🏽\u200d🚀 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
    ['a Japanese name', '葛\u{e0100}城'],
    ['tabs and form feeds', 'a\tb\fc'],
  ])('keeps %s', (_what, text) => {
    const read = removeHiddenCharacters(document(text));
    expect([read.text, read.report.hiddenCharacters]).toEqual([text, 0]);
  });

  // A citation that points beside its words is worse than none.
  it('moves headings, tables, pages and runs with the text', () => {
    const text = 'a\u200bb\nTi\u200btle\nx | y\n\u200b\u200bz';
    const read = removeHiddenCharacters(
      document(text, {
        headings: [{ level: 1, title: 'Ti\u200btle', start: text.indexOf('Ti') }],
        tables: [{ start: text.indexOf('x |'), end: text.indexOf('y') + 1, header: 'x | \u200by' }],
        pages: [
          { start: 0, label: null, reading: 'text', size: null, runs: [[0, 3, 1, 2, 3, 4]] },
          { start: text.indexOf('z') - 1, label: null, reading: 'text', size: null, runs: [] },
        ],
      }),
    );
    const { text: clean, headings, tables, pages } = read;
    expect(clean).toBe('ab\nTitle\nx | y\nz');
    expect(headings).toEqual([{ level: 1, title: 'Title', start: 3 }]);
    expect(tables).toEqual([{ start: 9, end: 14, header: 'x | y' }]);
    expect(pages?.map(({ start }) => start)).toEqual([0, 15]);
    expect(pages?.[0]?.runs).toEqual([[0, 2, 1, 2, 3, 4]]);
  });
});
