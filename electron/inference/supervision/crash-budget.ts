import type { Clock } from '../../platform/clock.ts';

/** What follows a crash: go on as before, go on in safe mode, or stop until a person asks for another try. */
export type CrashVerdict = 'restart' | 'safe-mode' | 'give-up';

/** Crashes without a completed answer between them that end normal mode. */
const crashesBeforeSafeMode = 3;
/** Crashes longer ago than this, in milliseconds, are forgotten. */
const windowMs = 5 * 60_000;

/**
 * Counts crashes of the engine process. Three within five minutes without a completed answer between them lead to safe
 * mode; one more in safe mode, and the engine is left alone until somebody asks for it.
 */
export class CrashBudget {
  readonly #clock: Clock;
  #crashTimesMs: number[] = [];
  #mode: 'normal' | 'safe' | 'given-up' = 'normal';

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** True from the third crash until `reset`. */
  get isSafeMode(): boolean {
    return this.#mode === 'safe';
  }

  get hasGivenUp(): boolean {
    return this.#mode === 'given-up';
  }

  /** Crashes that still count. */
  get crashes(): number {
    return this.#crashTimesMs.length;
  }

  recordCrash(): CrashVerdict {
    const nowMs = this.#clock.monotonicMs();
    this.#crashTimesMs = [...this.#crashTimesMs.filter((timeMs) => nowMs - timeMs < windowMs), nowMs];
    if (this.#mode === 'safe') {
      this.#mode = 'given-up';
      return 'give-up';
    }
    if (this.#crashTimesMs.length < crashesBeforeSafeMode) return 'restart';
    this.#mode = 'safe';
    return 'safe-mode';
  }

  /** A completed answer: earlier crashes no longer count. Safe mode stays, because it may be why it went well. */
  recordCompletion(): void {
    this.#crashTimesMs = [];
  }

  /** A person asks for another try, in normal mode. */
  reset(): void {
    this.#crashTimesMs = [];
    this.#mode = 'normal';
  }
}
