import type { Clock } from '../../platform/clock.ts';

const minuteMs = 60_000;
/** Also after a sleep of the machine, in which no timer runs, the lock comes so soon. */
const longestWaitMs = 15_000;

/** What the idle lock watches. */
export type IdleLockOptions = {
  readonly clock: Clock;
  /** Minutes without activity; null while nothing is to be locked. */
  readonly limitMinutes: () => Promise<number | null>;
  /** Work counts as activity. */
  readonly isBusy: () => boolean;
  /** Called when the time is over. */
  readonly lock: () => Promise<void>;
};

/** Locks when nobody has done anything for a while. */
export class IdleLock {
  readonly #options: IdleLockOptions;
  #activeAt: { readonly wallMs: number; readonly monotonicMs: number };

  constructor(options: IdleLockOptions) {
    this.#options = options;
    this.#activeAt = this.#now();
  }

  noteActivity(): void {
    this.#activeAt = this.#now();
  }

  /** Runs until `signal`. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, limitMinutes, isBusy, lock } = this.#options;
    while (!signal.aborted) {
      if (isBusy()) this.noteActivity();
      const limit = await limitMinutes();
      const leftMs = limit === null ? longestWaitMs : limit * minuteMs - this.#idleMs();
      if (leftMs <= 0) {
        this.noteActivity();
        await lock();
        continue;
      }
      try {
        await clock.delay(Math.min(leftMs, longestWaitMs), signal);
      } catch {
        return;
      }
    }
  }

  /** The longer of two clocks: one may have been put back, the other stands still while the machine sleeps. */
  #idleMs(): number {
    const { wallMs, monotonicMs } = this.#now();
    return Math.max(wallMs - this.#activeAt.wallMs, monotonicMs - this.#activeAt.monotonicMs);
  }

  #now(): { readonly wallMs: number; readonly monotonicMs: number } {
    const { clock } = this.#options;
    return { wallMs: clock.now(), monotonicMs: clock.monotonicMs() };
  }
}
