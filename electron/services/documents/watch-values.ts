import type { Clock } from '../../platform/clock.ts';
import type { ChangeSignal } from './change-signal.ts';

/** Changes within this become one: indexing tells of every batch. */
const pauseMs = 200;

/** Yields what `read` gives now and after every change, at most five times a second, until the signal is aborted. */
export async function* watchValues<T>(
  read: () => Promise<T> | T,
  changes: ChangeSignal,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): AsyncGenerator<T, void, void> {
  while (!signal.aborted) {
    // Listened for before the reading, so that a change meanwhile is not missed.
    const changed = changes.next(signal);
    yield await read();
    await changed;
    await clock.delay(pauseMs, signal).catch(() => undefined);
  }
}
