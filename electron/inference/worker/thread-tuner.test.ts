import { describe, expect, it } from 'vitest';
import type { WorkKind } from './thread-tuner.ts';
import { threadLadder, ThreadTuner } from './thread-tuner.ts';

/** Runs work on a made-up machine whose cost per token depends on the threads, and returns the time it took. */
function work(
  tuner: ThreadTuner,
  clock: { nowMs: number },
  options: { readonly kind?: WorkKind; readonly tokens: number; readonly costMs: (threads: number) => number },
): number {
  const kind = options.kind ?? 'decode';
  const startedMs = clock.nowMs;
  for (let token = 0; token < options.tokens; token += 1) {
    const { threads } = tuner.next(kind);
    const elapsedMs = options.costMs(threads) * (token % 2 === 0 ? 1.05 : 0.95);
    clock.nowMs += elapsedMs;
    tuner.measured(kind, 1, elapsedMs);
  }
  return clock.nowMs - startedMs;
}

const idle = (threads: number): number => 40 / threads;
const busy = (threads: number): number => (threads === 1 ? 40 : 40 * 8 * threads);

function createTuner(cores: number, isBusy = false): { tuner: ThreadTuner; clock: { nowMs: number } } {
  const clock = { nowMs: 0 };
  return { tuner: new ThreadTuner({ cores, nowMs: () => clock.nowMs, isBusy }), clock };
}

describe('ThreadTuner', () => {
  it('never asks for more threads than there are cores', () => {
    expect(threadLadder(1)).toEqual([1]);
    expect(threadLadder(2)).toEqual([1, 2]);
    expect(threadLadder(6)).toEqual([1, 2, 4, 6]);
    expect(Math.max(...threadLadder(12))).toBe(12);
  });

  it('stays with all cores when the machine is idle', () => {
    const { tuner, clock } = createTuner(2);
    const elapsedMs = work(tuner, clock, { tokens: 500, costMs: idle });
    expect(tuner.chosen('decode')).toBe(2);
    expect((500 * idle(2)) / elapsedMs).toBeGreaterThan(0.9);
  });

  it('takes fewer threads when other programs keep the cores busy', () => {
    const { tuner, clock } = createTuner(2);
    work(tuner, clock, { tokens: 200, costMs: idle });
    const elapsedMs = work(tuner, clock, { tokens: 800, costMs: busy });
    expect(tuner.chosen('decode')).toBe(1);
    expect((800 * busy(1)) / elapsedMs).toBeGreaterThan(0.8);
  });

  it('comes back to all cores when the machine is idle again', () => {
    const { tuner, clock } = createTuner(4);
    work(tuner, clock, { tokens: 400, costMs: busy });
    work(tuner, clock, { tokens: 3_000, costMs: idle });
    expect(tuner.chosen('decode')).toBe(4);
  });

  it('begins with one thread when the machine was busy before', () => {
    expect(createTuner(8, true).tuner.next('prefill').threads).toBe(1);
  });

  it('begins a kind of work with what has won for another', () => {
    const { tuner, clock } = createTuner(2);
    work(tuner, clock, { kind: 'prefill', tokens: 60, costMs: busy });
    expect(tuner.next('decode').threads).toBe(1);
  });

  // Catches a choice that one lucky measurement turns round for long.
  it('takes a lucky winner back when it does not keep its promise', () => {
    const { tuner, clock } = createTuner(2, true);
    let luckyTokens = 8;
    work(tuner, clock, {
      tokens: 60,
      costMs: (threads) => {
        if (threads === 1) return 40;
        luckyTokens -= 1;
        return luckyTokens > 0 ? 20 : 400;
      },
    });
    expect(tuner.chosen('decode')).toBe(1);
  });
});
