import { describe, expect, it } from 'vitest';
import { rougeOf } from './rouge.ts';

describe('rougeOf', () => {
  it('is 1 for the same words and 0 for none in common or none at all', () => {
    expect(rougeOf('The cat sat.', 'the cat sat')).toEqual({ rouge1: 1, rouge2: 1, rougeL: 1 });
    expect(rougeOf('dogs', 'a cat sat')).toEqual({ rouge1: 0, rouge2: 0, rougeL: 0 });
    expect(rougeOf('', '')).toEqual({ rouge1: 0, rouge2: 0, rougeL: 0 });
  });

  it('counts a repeated word as often as the gold has it', () => {
    // Catches a summary that wins by repeating one word.
    expect(rougeOf('cat cat cat cat', 'the cat').rouge1).toBeCloseTo(2 / 6);
  });

  it('tells words, pairs and order apart', () => {
    // a b c d against c d a b: all words, two of three pairs, two in order.
    const { rouge1, rouge2, rougeL } = rougeOf('axe bow cow dog', 'cow dog axe bow');
    expect([rouge1, rouge2, rougeL]).toEqual([1, expect.closeTo(2 / 3), 0.5]);
  });
});
