import type { Clock } from '../../platform/clock.ts';

/** Wrong passphrases that cost no pause: a person mistypes. */
const freeGuesses = 3;
const longestPauseMs = 30_000;

/** Milliseconds after the `guesses`th wrong passphrase in a row: 0, 0, 0, 1,000, 2,000, 4,000 … 30,000. */
export function pauseAfterMs(guesses: number): number {
  return guesses <= freeGuesses ? 0 : Math.min(longestPauseMs, 1_000 * 2 ** (guesses - freeGuesses - 1));
}

/** Slows down whoever tries passphrases one after the other. The count is forgotten with the process: a copy of the files has no brake anyway, only scrypt. */
export class GuessBrake {
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  #guesses = 0;

  /** `signal` ends a pause early. */
  constructor(clock: Clock, signal: AbortSignal) {
    this.#clock = clock;
    this.#signal = signal;
  }

  /** Waits as long as this wrong guess costs. */
  async wrong(): Promise<void> {
    this.#guesses += 1;
    const pauseMs = pauseAfterMs(this.#guesses);
    if (pauseMs > 0) await this.#clock.delay(pauseMs, this.#signal).catch(() => undefined);
  }

  right(): void {
    this.#guesses = 0;
  }
}
