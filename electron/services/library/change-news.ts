import type { Clock } from '../../platform/clock.ts';
import { untilAborted } from '../../shared/until-aborted.ts';

/** Tells that something changed, to whoever waits for it. */
export interface ChangeNews {
  /** Something changed now. */
  tell(): void;
  /** Resolves at the next change, or after `delayMs`, or when the signal is aborted; never rejects. */
  next(signal: AbortSignal, delayMs?: number | null): Promise<void>;
}

/** News that nobody waits for yet. */
export function createChangeNews(clock: Clock): ChangeNews {
  let change = Promise.withResolvers<void>();
  return {
    tell() {
      change.resolve();
      change = Promise.withResolvers();
    },
    async next(signal, delayMs = null) {
      const changed = change.promise;
      const ending = new AbortController();
      const either = delayMs === null ? changed : Promise.race([changed, clock.delay(delayMs, ending.signal)]);
      // An abort is an end like another here; the delay that lost is ended too.
      await untilAborted(either, signal).catch(() => undefined);
      ending.abort();
      either.catch(() => undefined);
    },
  };
}

/** Between two values of a watched state. */
const pauseMs = 250;

/** The state now and after every change, at most four times a second, until the signal is aborted. */
export async function* watchState<State>(
  read: () => Promise<State>,
  news: ChangeNews,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<State, void, void> {
  while (!signal.aborted) {
    // Asked for before the state is read, so that a change meanwhile is not missed.
    const changed = news.next(signal);
    yield await read();
    await changed;
    await clock.delay(pauseMs, signal).catch(() => undefined);
  }
}
