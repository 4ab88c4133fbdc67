import { describe, expect, it } from 'vitest';
import { quantile, recallOf } from './recall.ts';

describe('recallOf', () => {
  it('counts a rank from 0 among the first n, and what was not found nowhere', () => {
    // Catches recall@5 that counts the sixth passage.
    expect(recallOf([0, 4, 5, null])).toEqual({ at1: 0.25, at5: 0.5, at10: 0.75 });
    expect(recallOf([])).toEqual({ at1: 0, at5: 0, at10: 0 });
  });
});

describe('quantile', () => {
  it('gives a value that was measured', () => {
    expect(quantile([30, 10, 20], 0.5)).toBe(20);
    expect(quantile([30, 10, 20], 0.95)).toBe(30);
    expect(quantile([], 0.5)).toBe(0);
  });
});
