import { describe, expect, it } from 'vitest';
import { spreadOf } from './spread.ts';

describe('spread', () => {
  it('finds the middle of odd and even counts, whatever their order', () => {
    expect(spreadOf([3, 1, 2])).toEqual({ median: 2, least: 1, most: 3, p95: 3 });
    expect(spreadOf([4, 1, 3, 2])).toMatchObject({ median: 2.5, least: 1, most: 4 });
    expect(spreadOf([7])).toEqual({ median: 7, least: 7, most: 7, p95: 7 });
  });
  it('leaves one outlier of twenty out of the 95th percentile', () => {
    expect(spreadOf([...Array.from({ length: 19 }, () => 10), 1_000]).p95).toBe(10);
  });
  it('refuses to make a figure of nothing', () => {
    expect(() => spreadOf([])).toThrow(RangeError);
  });
});
