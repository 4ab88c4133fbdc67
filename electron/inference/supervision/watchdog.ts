import type { Clock } from '../../platform/clock.ts';

/** What is watched: a command's id, or the start of the process. */
export type WatchedId = number | 'start';

/**
 * Watches for signs of life with one timer for all commands: a sign only notes the time, because it comes with every
 * token. Calls back once with the id that ran out, then rests.
 */
export class Watchdog {
  readonly #clock: Clock;
  readonly #onExpired: (id: WatchedId) => void;
  readonly #limits = new Map<WatchedId, { limitMs: number; lastSignMs: number }>();
  #sleeping: AbortController | null = null;
  #isClosed = false;

  constructor(clock: Clock, onExpired: (id: WatchedId) => void) {
    this.#clock = clock;
    this.#onExpired = onExpired;
  }

  /** Watches `id` from now on, with a limit in milliseconds; replaces an earlier limit. Null: no limit for now. */
  watch(id: WatchedId, limitMs: number | null): void {
    if (this.#isClosed) return;
    if (limitMs === null) {
      this.#limits.delete(id);
      return;
    }
    this.#limits.set(id, { limitMs, lastSignMs: this.#clock.monotonicMs() });
    if (this.#sleeping === null) void this.#guard();
  }

  /** A sign of life: the limit counts from now. */
  sign(id: WatchedId): void {
    const watched = this.#limits.get(id);
    if (watched !== undefined) watched.lastSignMs = this.#clock.monotonicMs();
  }

  forget(id: WatchedId): void {
    this.#limits.delete(id);
  }

  close(): void {
    this.#isClosed = true;
    this.#limits.clear();
    this.#sleeping?.abort();
  }

  async #guard(): Promise<void> {
    const sleeping = new AbortController();
    this.#sleeping = sleeping;
    while (this.#limits.size > 0) {
      const expired = this.#expired();
      if (expired !== null) {
        this.close();
        this.#onExpired(expired);
        return;
      }
      try {
        await this.#clock.delay(this.#shortestWaitMs(), sleeping.signal);
      } catch {
        return;
      }
    }
    this.#sleeping = null;
  }

  #expired(): WatchedId | null {
    const nowMs = this.#clock.monotonicMs();
    for (const [id, { limitMs, lastSignMs }] of this.#limits) if (nowMs - lastSignMs >= limitMs) return id;
    return null;
  }

  #shortestWaitMs(): number {
    const nowMs = this.#clock.monotonicMs();
    const waits = [...this.#limits.values()].map(({ limitMs, lastSignMs }) => lastSignMs + limitMs - nowMs);
    return Math.max(1, Math.min(maximumNapMs, ...waits));
  }
}

/** A limit that is set while the guard sleeps may be shorter than its nap, so naps are short. */
const maximumNapMs = 5_000;
