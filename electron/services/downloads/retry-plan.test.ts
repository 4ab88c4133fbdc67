import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/app-error.ts';
import type { AppErrorCode } from '../../shared/app-error.ts';
import { planRetry } from './retry-plan.ts';

const plan = (code: AppErrorCode, fruitless: number, details = {}, random = 0) =>
  planRetry(new AppError(code, 'It failed.', details), fruitless, () => random);

describe('planRetry', () => {
  it('waits longer each time, with a jitter, and not beyond a minute', () => {
    const waits = [0, 1, 2, 3, 7].map((fruitless) => plan('hub/busy', fruitless, {}, 1));
    expect(waits).toEqual([1_000, 1_000, 2_000, 4_000, 60_000].map((waitMs) => ({ type: 'retry', waitMs })));
    expect(plan('hub/busy', 3)).toEqual({ type: 'retry', waitMs: 2_000 });
  });

  // A server that names a date in the past must not be asked again and again at once.
  it.each([
    [5_000, 5_000],
    [0, 500],
  ])('waits at least what the server asks for: %d', (retryAfterMs, waitMs) => {
    expect(plan('hub/busy', 1, { retryAfterMs })).toEqual({ type: 'retry', waitMs });
  });

  it('ends after eight answers that bring nothing, and later when there is no connection', () => {
    expect(plan('hub/unexpected', 7).type).toBe('retry');
    expect(plan('hub/unexpected', 8).type).toBe('fail');
    expect(plan('egress/failed', 34).type).toBe('retry');
    expect(plan('egress/failed', 35).type).toBe('fail');
  });

  it.each([
    ['egress/offline', 'pause'],
    ['egress/purpose-not-allowed', 'pause'],
    ['egress/not-allowed', 'fail'],
    ['hub/not-found', 'fail'],
    ['hub/gated', 'fail'],
    ['download/damaged', 'fail'],
    ['disk/full', 'fail'],
  ] as const)('does for %s what helps: %s', (code, type) => {
    expect(plan(code, 0).type).toBe(type);
  });
});
