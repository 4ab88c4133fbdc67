import { describe, expect, it } from 'vitest';
import { parseSearchQuery } from '../../shared/search-query.ts';
import { createSeededRandom } from '../../testing/seeded-random.ts';
import { makeSnippet, snippetLength } from './search-snippet.ts';

const marked = (text: string, query: string): string => {
  const { snippet, matches } = makeSnippet(text, parseSearchQuery(query));
  return [...matches]
    .reverse()
    .reduce((line, { start, end }) => `${line.slice(0, start)}[${line.slice(start, end)}]${line.slice(end)}`, snippet);
};

describe('makeSnippet', () => {
  it.each([
    ['The Café is open', 'cafe', 'The [Café] is open'],
    ['The cafe\u0301 is open', 'CAFÉ', 'The [cafe\u0301] is open'],
    ['In der Straße, in der STRASSE', 'strasse', 'In der [Straße], in der [STRASSE]'],
    ['walrus and walruses', 'wal', '[walrus] and [walruses]'],
    ['walrus and walruses', '"walrus"', '[walrus] and walruses'],
    ['first line\n\n\tsecond   line', 'second', 'first line [second] line'],
    ['one\ntwo three', '"one two"', '[one two] three'],
    ['a b a b', '"a b a" "b a b"', '[a b a b]'],
    ['我住在北京大学', '京大', '我住在北[京大]学'],
    ['a\0b \u202ewalrus', 'walrus', 'a b [walrus]'],
    ['nothing of it', 'walrus', 'nothing of it'],
    ['', 'walrus', ''],
  ])('shows %j for %j', (text, query, expected) => {
    expect(marked(text, query)).toBe(expected);
  });

  it('cuts a long text at its words, around the first match', () => {
    const text = `${'Before it came many words. '.repeat(50)}Then a walrus slept. ${'And after it more of them. '.repeat(50)}`;
    const { snippet, matches } = makeSnippet(text, parseSearchQuery('walrus'));
    expect(snippet).toMatch(/^…\S+ .*Then a walrus slept\. .*\w…$/);
    expect(snippet.length).toBeLessThanOrEqual(snippetLength);
    expect(matches.map(({ start, end }) => snippet.slice(start, end))).toEqual(['walrus']);
    for (const word of snippet.slice(1, -1).split(' ')) expect(text.split(' ')).toContain(word);
  });

  it.each(['walrus', 'WÁLRUS', 'wálrus'])('finds its place in a text of a megabyte that says %s at its end', (word) => {
    const text = `${'awalrus '.repeat(200)}${'Some words of a log, line 12345. '.repeat(30_000)}A ${word}, 北京.`;
    expect(marked(text, 'walr')).toContain(`[${word}]`);
    expect(marked(text, '"walrus 北京"')).toContain(`[${word}, 北京]`);
    expect(marked(text, '北京')).toContain('[北京].');
  });

  // Offsets of the line against those of the text: every way in which one of them may be one too many.
  it('marks exactly what matches, in one line of bounded length, over 3,000 random texts', () => {
    const random = createSeededRandom(3);
    const pieces = [
      'walrus',
      'Wálrus',
      '\n\n',
      '  ',
      '\0',
      '北',
      '京',
      '😀',
      '👍🏽',
      'a\u0301',
      '\ud800',
      '—',
      'x'.repeat(70),
      'it',
      '\u200e',
    ];
    for (let round = 0; round < 3_000; round += 1) {
      const length = Math.floor(random() * 120);
      const text = Array.from({ length }, () => {
        const piece = pieces[Math.floor(random() * pieces.length)]!;
        return random() < 0.6 ? `${piece} ` : piece;
      }).join('');
      const { snippet, matches } = makeSnippet(text, parseSearchQuery('walrus'));
      expect(snippet.length).toBeLessThanOrEqual(snippetLength);
      expect(snippet).not.toMatch(/[\n\0\u200e]|  /);
      for (const { start, end } of matches) expect(snippet.slice(start, end)).toMatch(/^w[aá]lrus/i);
      const isThere = /(?<![\p{L}\p{N}\p{M}])w[aá]lrus(?![\p{L}\p{N}\p{M}])/iu.test(text);
      expect(matches.length, `matches in ${JSON.stringify(text)}`).toBeGreaterThanOrEqual(isThere ? 1 : 0);
    }
  });
});
