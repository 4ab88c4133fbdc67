import type { Clock } from '../platform/clock.ts';

/** A clock that moves only when told to. */
export interface FakeClock extends Clock {
  /** Moves time on, ending the delays that fall due in their order and letting what they start run. */
  advance(durationMs: number): Promise<void>;
  /** Delays that are waiting. */
  readonly waiting: number;
}

type Waiter = { readonly dueMs: number; readonly resolve: () => void };

/** Lets everything that is ready to run, run: timers of the platform that are due included. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Starts at `startMs` milliseconds since 1970 (default: 2026-01-01 UTC). */
export function createFakeClock(startMs = Date.UTC(2026, 0, 1)): FakeClock {
  const waiters = new Set<Waiter>();
  let nowMs = startMs;

  const earliest = (untilMs: number): Waiter | undefined =>
    [...waiters].filter(({ dueMs }) => dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0];

  return {
    now: () => nowMs,
    monotonicMs: () => nowMs - startMs,
    get waiting() {
      return waiters.size;
    },
    delay: (delayMs, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const waiter: Waiter = { dueMs: nowMs + delayMs, resolve };
        waiters.add(waiter);
        signal?.addEventListener(
          'abort',
          () => {
            // The reason of an AbortSignal is whatever the caller gave; the contract is to pass it on.
            if (waiters.delete(waiter)) reject(signal.reason as Error);
          },
          { once: true },
        );
      }),
    async advance(durationMs) {
      const untilMs = nowMs + durationMs;
      await settle();
      for (let waiter = earliest(untilMs); waiter !== undefined; waiter = earliest(untilMs)) {
        nowMs = Math.max(nowMs, waiter.dueMs);
        waiters.delete(waiter);
        waiter.resolve();
        await settle();
      }
      nowMs = untilMs;
    },
  };
}
