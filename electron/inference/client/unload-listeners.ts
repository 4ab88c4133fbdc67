import type { Clock } from '../../platform/clock.ts';
import type { ModelSlot } from '../engine.ts';

type Listener = (slot: ModelSlot) => Promise<void>;

/** All of them together may hold a model up for so long, in milliseconds. */
const limitMs = 5_000;

/** Who wants to put something away before a model goes. */
export class UnloadListeners {
  readonly #clock: Clock;
  readonly #listeners = new Set<Listener>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Returns the way to stop. */
  add(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when all are done or the time is up: what is not put away is computed again later. */
  async call(slot: ModelSlot): Promise<void> {
    if (this.#listeners.size === 0) return;
    const inTime = new AbortController();
    const late = this.#clock.delay(limitMs, inTime.signal).catch(() => undefined);
    await Promise.race([Promise.allSettled([...this.#listeners].map(async (listener) => await listener(slot))), late]);
    inTime.abort();
  }
}
