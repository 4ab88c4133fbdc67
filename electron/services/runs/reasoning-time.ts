import type { Clock } from '../../platform/clock.ts';

/** How long a model thought, from its first to its last word, over all runs of one answer. */
export class ReasoningTime {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  #earlierMs = 0;
  #firstMs: number | null = null;
  #lastMs = 0;
  #isKnown = false;

  constructor(clock: Pick<Clock, 'monotonicMs'>) {
    this.#clock = clock;
  }

  /** Null while the model may still be thinking, and where the time of an earlier part was never measured. */
  get durationMs(): number | null {
    if (!this.#isKnown) return null;
    return this.#earlierMs + (this.#firstMs === null ? 0 : Math.max(0, this.#lastMs - this.#firstMs));
  }

  /** What an answer that is continued brings along. */
  addEarlier(durationMs: number | undefined): void {
    if (durationMs === undefined) return;
    this.#earlierMs += durationMs;
    this.#isKnown = true;
  }

  /** A word of thought came. */
  add(): void {
    this.#lastMs = this.#clock.monotonicMs();
    this.#firstMs ??= this.#lastMs;
    this.#isKnown = false;
  }

  /** The thinking is over, since something else came. */
  end(): void {
    if (this.#firstMs !== null) this.#isKnown = true;
  }
}
