import { describe, expect, it } from 'vitest';
import { toFullTextQuery } from './full-text-query.ts';

describe('toFullTextQuery', () => {
  it('asks for any word of a question', () => {
    expect(toFullTextQuery('Where does the walrus nap?')).toBe('"walrus" OR "nap"');
  });

  it.each([
    ['"cold sea"', '"cold sea"'],
    ['„kaltes Meer“', '"kaltes meer"'],
    ['«mer froide»', '"mer froide"'],
    ['“to be or not to be”', '"to be or not to be"'],
    ['"cold sea" "thin ice"', '"cold sea" AND "thin ice"'],
  ])('asks for the very words of %s', (question, expected) => {
    expect(toFullTextQuery(question)).toBe(expected);
  });

  it('lets other words order what has the phrase', () => {
    expect(toFullTextQuery('walrus "cold sea"')).toBe('"cold sea" AND ("cold sea" OR "walrus")');
  });

  // Catches a mark that swallows the rest of the question, and a query that the index takes for a syntax error.
  it.each([
    ['walrus 12" tusk', '"walrus" OR "12" OR "tusk"'],
    ['"" walrus', '"walrus"'],
    ['"*^" walrus', '"walrus"'],
    ['"pa"ss"', '"pa" AND ("pa" OR "ss")'],
    ['""', null],
  ])('takes %s as it stands', (question, expected) => {
    expect(toFullTextQuery(question)).toBe(expected);
  });

  it('looks for the beginning of a long quotation', () => {
    const page = Array.from({ length: 500 }, (_, index) => `w${index}`).join(' ');
    expect(toFullTextQuery(`"${page}"`)?.split(' ').length).toBeLessThan(140);
  });
});
