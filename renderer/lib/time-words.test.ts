import { describe, expect, it } from 'vitest';
import { dayGroup, remainingTime } from './time-words.ts';

describe('dayGroup', () => {
  const now = new Date(2026, 2, 29, 0, 30).getTime();
  it.each([
    [new Date(2026, 2, 29, 0, 0), 'today'],
    [new Date(2026, 2, 28, 23, 59), 'yesterday'],
    [new Date(2026, 2, 28, 0, 0), 'yesterday'],
    [new Date(2026, 2, 27, 23, 59), 'week'],
    [new Date(2026, 2, 22, 0, 0), 'week'],
    [new Date(2026, 2, 21, 23, 59), 'earlier'],
  ] as const)('puts %s under %s', (at, group) => {
    expect(dayGroup(at.getTime(), now)).toBe(group);
  });
});

describe('remainingTime', () => {
  it.each([
    [200, { unit: 'seconds', count: 5 }],
    [41_000, { unit: 'seconds', count: 45 }],
    [58_000, { unit: 'minutes', count: 1 }],
    [190_000, { unit: 'minutes', count: 3 }],
    [3_500_000, { unit: 'hours', count: 1 }],
    [9_000_000, { unit: 'hours', count: 3 }],
  ] as const)('says %i ms in coarse steps', (remainingMs, words) => {
    expect(remainingTime(remainingMs)).toEqual(words);
  });
});
