import type { Clock } from './clock.ts';

/** The machine's own time. */
export function createSystemClock(): Clock {
  return {
    now: () => Date.now(),
    monotonicMs: () => performance.now(),
    delay: (delayMs, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const abort = (): void => {
          clearTimeout(timer);
          // The reason of an AbortSignal is whatever the caller gave; the contract is to pass it on.
          reject(signal?.reason as Error);
        };
        const timer = setTimeout(() => {
          signal?.removeEventListener('abort', abort);
          resolve();
        }, delayMs);
        timer.unref();
        signal?.addEventListener('abort', abort, { once: true });
      }),
  };
}
