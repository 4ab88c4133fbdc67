import { describe, expect, it } from 'vitest';
import { fuseRanks } from './fuse-ranks.ts';

describe('fuseRanks', () => {
  it('gives 1 to what is first everywhere, and less to everything else', () => {
    const fused = fuseRanks([
      { ids: ['a', 'b', 'c'], weight: 1 },
      { ids: ['a', 'c'], weight: 0.5 },
    ]);
    expect(fused.get('a')).toBe(1);
    expect([...fused.keys()]).toEqual(['a', 'c', 'b']);
    expect(Math.min(...fused.values())).toBeGreaterThan(0);
  });

  it('follows the heavier list where they disagree', () => {
    const fused = fuseRanks([
      { ids: ['a', 'b'], weight: 1 },
      { ids: ['b', 'a'], weight: 0.4 },
    ]);
    expect([...fused.keys()]).toEqual(['a', 'b']);
  });

  it('keeps the order of the only list there is', () => {
    expect([...fuseRanks([{ ids: ['x', 'y'], weight: 0.3 }])].map(([id]) => id)).toEqual(['x', 'y']);
  });
});
