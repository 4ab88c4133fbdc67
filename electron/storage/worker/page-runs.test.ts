import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../../testing/seeded-random.ts';
import { packRuns, unpackRuns } from './page-runs.ts';

type Runs = Parameters<typeof packRuns>[0];

describe('packRuns', () => {
  it('gives boxes back to a hundredth of a point', () => {
    const runs: Runs = [
      [60_000_000, 60_000_012, 72.1, 700.25, 45.33, 11],
      [60_000_012, 60_000_012, -3.5, 0, 0, 14_400],
    ];
    expect(unpackRuns(packRuns(runs))).toEqual(runs);
    expect(unpackRuns(packRuns([]))).toEqual([]);
  });

  it('holds what a broken page may say within bounds', () => {
    expect(unpackRuns(packRuns([[0, 5, 1e30, -1e30, 0.001, 5]]))).toEqual([
      [0, 5, 21_474_836.47, -21_474_836.47, 0, 5],
    ]);
  });

  it('takes a small part of what the numbers do', () => {
    const random = createSeededRandom(3);
    const runs: Runs = Array.from({ length: 600 }, (_, index) => [
      ...([index * 6, index * 6 + 5] as const),
      ...([72 + (index % 12) * 37.5 + random(), 90 + Math.floor(index / 12) * 13.2, 30 + random() * 9, 10.9] as const),
    ]);
    expect(packRuns(runs).length).toBeLessThan(600 * 9);
  });
});
