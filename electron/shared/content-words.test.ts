import { describe, expect, it } from 'vitest';
import { contentWords, digitsIn, namesIn, numbersIn, stem } from './content-words.ts';

describe('contentWords', () => {
  it('leaves the words that carry meaning, as stems', () => {
    expect([...contentWords('The printers are printing 1,200 pages; that is what the X200 prints.')]).toEqual([
      'printer',
      'print',
      '1200',
      'page',
      'x200',
    ]);
    expect([...contentWords('what is it')]).toEqual([]);
  });

  it.each([
    ['warranties', 'warranty'],
    ['covered', 'covers'],
    ['stopped', 'stopping'],
    ['year', 'years'],
    ['logged', 'log'],
    ['meetings', 'meet'],
    ['policies', 'policy'],
    ['Fristen', 'Frist'],
    ['résumés', 'resume'],
  ])('gives %j and %j one stem', (one, other) => {
    expect(stem(one)).toBe(stem(other));
  });
});

describe('numbersIn and namesIn', () => {
  it('compares numbers by value and leaves number words to numbersIn', () => {
    expect([...numbersIn('1,000 people and two dogs at 8:15')]).toEqual(['1000', '8:15', '2']);
    expect([...digitsIn('two dogs')]).toEqual([]);
  });

  it('takes capitals inside a sentence for names, not those at its beginning', () => {
    expect([...namesIn('Yesterday we saw Anna and Bob. Then they left for Graz with eBay.')]).toEqual([
      'anna',
      'bob',
      'graz',
      'ebai',
    ]);
  });
});
