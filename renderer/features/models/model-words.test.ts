import { describe, expect, it } from 'vitest';
import { bitsPerWeight } from './model-words.ts';

describe('bitsPerWeight', () => {
  it.each([
    ['Q4_1', 4],
    ['Q4_K_M', 4],
    ['IQ3_XXS', 3],
    ['Q8_0', 8],
    ['F16', 16],
    ['BF16', 16],
    ['F32', 32],
    ['MXFP', null],
  ])('of %s are %s', (quantisation, bits) => {
    expect(bitsPerWeight(quantisation)).toBe(bits);
  });
});
