import { describe, expect, it } from 'vitest';
import { matchesQuery, parseSearchQuery } from './search-query.ts';
import { searchWords } from './search-words.ts';

const words = (text: string): readonly string[] => [...searchWords(text)].map(({ word }) => word);
const finds = (query: string, text: string): boolean => matchesQuery(text, parseSearchQuery(query));

describe('searchWords', () => {
  it.each([
    ['Café CAFÉ cafe\u0301', ['cafe', 'cafe', 'cafe']],
    ['Straße STRASSE', ['strasse', 'strasse']],
    ['Ærø Łódź Đà Œuvre', ['aero', 'lodz', 'da', 'oeuvre']],
    ['ὈΔΥΣΣΕΎΣ Οδυσσεύς', ['οδυσσευσ', 'οδυσσευσ']],
    ['İstanbul ıslak', ['istanbul', 'islak']],
    ['ﬁne ｆｕｌｌ x² ½', ['fine', 'full', 'x2', '12']],
    ['Zusam\u00admen\u200dhang', ['zusammenhang']],
    ['שָׁלוֹם كِتَاب', ['שלום', 'كتاب']],
    // Signs that are letters of their own in Hindi may not go the way of accents.
    ['कि के', ['कि', 'के']],
    ['北京大学 iPhone手机', ['北', '京', '大', '学', 'iphone', '手', '机']],
    ['データ が か\u3099', ['デ', 'ー', 'タ', 'が', 'が']],
    ['สวัสดี', ['ส', 'วั', 'ส', 'ดี']],
    ['good 👍 ☀️', ['good', '👍', '☀']],
    ["don't foo_bar 3.14", ['don', 't', 'foo', 'bar', '3', '14']],
    ['\ud800 a\0b \udc00c --- “”', ['a', 'b', 'c']],
  ])('takes the words of %j', (text, expected) => {
    expect(words(text)).toEqual(expected.map((word) => word.normalize('NFC')));
  });

  it('gives ranges that cut exactly the words out of the text', () => {
    const text = 'Ein cafe\u0301, 北京 und “Straße” 👍🏽.';
    expect([...searchWords(text)].map(({ start, end }) => text.slice(start, end))).toEqual([
      'Ein',
      'cafe\u0301',
      '北',
      '京',
      'und',
      'Straße',
      '👍🏽',
    ]);
  });

  it('cuts a word of a megabyte, without half a sign at its end', () => {
    const [word] = words(`x${'𝒜𐐷'.repeat(300_000)}`);
    expect(word?.length).toBeLessThanOrEqual(96);
    expect(word?.isWellFormed()).toBe(true);
  });
});

describe('parseSearchQuery', () => {
  it.each([
    ['one two', [['one'], ['two', '*']]],
    ['"one two"', [['one', 'two']]],
    ['"one two', [['one', 'two', '*']]],
    [
      '„eins zwei“ drei',
      [
        ['eins', 'zwei'],
        ['drei', '*'],
      ],
    ],
    ['three "one two" ', [['three'], ['one', 'two']]],
    ["don't", [['don', 't', '*']]],
    ['北京', [['北', '京']]],
    ['a OR b NEAR(c) NOT d*', [['a'], ['or'], ['b'], ['near', 'c'], ['not'], ['d', '*']]],
    ['  --- "" ', []],
    ['', []],
  ])('reads %j', (query, expected) => {
    const terms = parseSearchQuery(query).map(({ words: one, isPrefix }) => [...one, ...(isPrefix ? ['*'] : [])]);
    expect(terms).toEqual(expected);
  });

  it('takes no more words of a pasted page than a search can bear', () => {
    const terms = parseSearchQuery('word '.repeat(100_000));
    expect(terms).toHaveLength(32);
    expect(parseSearchQuery(`"${'word '.repeat(100_000)}`)[0]?.words).toHaveLength(32);
  });
});

describe('matchesQuery', () => {
  it.each([
    ['cafe str', 'Das Café in der Straße', true],
    ['"in der"', 'Das Café in der Straße', true],
    ['"der in"', 'Das Café in der Straße', false],
    ['cafe und', 'Das Café in der Straße', false],
    ['京大', '我住在北京大学', true],
    ['大京', '我住在北京大学', false],
    ['afe', 'Café', false],
  ])('looks for %j in %j', (query, text, expected) => {
    expect(finds(query, text)).toBe(expected);
  });
});
