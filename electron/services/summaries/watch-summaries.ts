import type { Clock } from '../../platform/clock.ts';

/** Changes within this become one; a list is told at most four times a second. */
const pauseMs = 250;

/** Tells watchers of a list that it changed. */
export interface ChangeBell {
  ring(): void;
  /** Yields what `read` gives now and after every change, until the signal is aborted. */
  watch<T>(read: () => Promise<T>, signal: AbortSignal): AsyncGenerator<T, void, void>;
}

/** A bell that nobody hears yet. */
export function createChangeBell(clock: Pick<Clock, 'delay'>): ChangeBell {
  const wakers = new Set<() => void>();
  return {
    ring: () => {
      for (const wake of wakers) wake();
    },
    async *watch(read, signal) {
      while (!signal.aborted) {
        const changed = Promise.withResolvers<void>();
        // Listened for before the reading, so that a change meanwhile is not missed.
        wakers.add(changed.resolve);
        const wake = (): void => changed.resolve();
        signal.addEventListener('abort', wake, { once: true });
        try {
          yield await read();
          await changed.promise;
        } finally {
          wakers.delete(changed.resolve);
          signal.removeEventListener('abort', wake);
        }
        await clock.delay(pauseMs, signal).catch(() => undefined);
      }
    },
  };
}
