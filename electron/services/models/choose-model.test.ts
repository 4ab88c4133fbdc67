import { describe, expect, it } from 'vitest';
import { chooseModel } from './choose-model.ts';

const gigabyte = 1024 ** 3;
const small = { path: '/small', sizeBytes: gigabyte };
const middle = { path: '/middle', sizeBytes: 4 * gigabyte };
const large = { path: '/large', sizeBytes: 20 * gigabyte };

describe('choice of a model', () => {
  it.each([
    ['the largest that fits', [small, middle, large], 8 * gigabyte, null, middle],
    ['nothing that fills the memory to the brim', [small, middle], 4 * gigabyte, null, small],
    ['the smallest when none fits', [large, middle], gigabyte, null, middle],
    ['what was chosen before, though less memory is free now', [small, middle], 2 * gigabyte, '/middle', middle],
    ['anew when what was chosen is gone', [small], 8 * gigabyte, '/middle', small],
    ['nothing where there is nothing', [], 8 * gigabyte, null, null],
  ])('takes %s', (_, candidates, freeBytes, previous, expected) => {
    expect(chooseModel(candidates, freeBytes, previous)).toBe(expected);
  });
});
