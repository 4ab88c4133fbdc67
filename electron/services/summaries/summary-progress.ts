import type { Clock } from '../../platform/clock.ts';
import type { UnnumberedPart } from '../../shared/answer-part.ts';
import type { Span } from '../../shared/sentences.ts';
import type { Coverage } from '../../shared/summary.ts';

/** Before this share of the document is read, an estimate of the time left would be a guess. */
const shareBeforeEstimate = 0.02;

/** Merging takes about this share of the time of reading. */
const mergingShare = 0.1;

/** Counts what was handed to the model, and tells how far the work is. */
export class SummaryProgress {
  readonly #clock: Clock;
  readonly #startedAt: number;
  readonly #characters: number;
  #sections: number;
  #charactersRead = 0;
  #sectionsRead = 0;

  constructor(clock: Clock, characters: number, sections: number) {
    this.#clock = clock;
    this.#startedAt = clock.monotonicMs();
    this.#characters = characters;
    this.#sections = sections;
  }

  get coverage(): Coverage {
    return {
      sections: this.#sections,
      sectionsRead: this.#sectionsRead,
      characters: this.#characters,
      charactersRead: this.#charactersRead,
    };
  }

  /** The model has read this stretch to its end. */
  stretchRead({ start, end }: Span): void {
    this.#charactersRead += end - start;
    this.#sectionsRead += 1;
  }

  /** A stretch turned out too long and is read in so many pieces. */
  splitStretch(pieces: number): void {
    this.#sections += pieces - 1;
  }

  /** `fraction`: how much of the stretch that is being read the model has seen, 0 to 1. */
  reading(stretch: Span, fraction: number): UnnumberedPart {
    const done = this.#charactersRead + (stretch.end - stretch.start) * fraction;
    const share = done / Math.max(1, this.#characters);
    const elapsedMs = this.#clock.monotonicMs() - this.#startedAt;
    const remainingMs = share < shareBeforeEstimate ? null : (elapsedMs / share) * (1 - share + mergingShare);
    return { type: 'progress', phase: 'summarising', done, total: this.#characters, remainingMs };
  }

  merging(done: number, total: number): UnnumberedPart {
    const elapsedMs = this.#clock.monotonicMs() - this.#startedAt;
    const remainingMs = elapsedMs * mergingShare * (1 - done / Math.max(1, total));
    return { type: 'progress', phase: 'merging', done, total, remainingMs };
  }
}
