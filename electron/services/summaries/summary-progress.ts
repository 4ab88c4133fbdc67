import type { Clock } from '../../platform/clock.ts';
import type { UnnumberedPart } from '../../shared/answer-part.ts';
import type { Span } from '../../shared/sentences.ts';
import type { Coverage } from '../../shared/summary.ts';

/** Before this share of the document is read, an estimate of the time left would be a guess. */
const shareBeforeEstimate = 0.02;

/** Merging takes about this share of the time of reading. */
const mergingShare = 0.1;

/** Where a run begins. */
export type ProgressStart = {
  readonly characters: number;
  /** Stretches that are still to be read. */
  readonly sections: number;
  /** What an earlier run has read. */
  readonly read?: readonly Span[];
  /** Pages of the document in all, and those whose text could not be had. */
  readonly pages?: number;
  readonly unreadablePages?: readonly number[];
};

/** Counts what was handed to the model, and tells how far the work is. */
export class SummaryProgress {
  readonly #clock: Clock;
  readonly #startedAt: number;
  readonly #characters: number;
  #sections: number;
  readonly #unreadablePages: readonly number[];
  readonly #unreadableCharacters: number;
  /** Read before this run began: they say nothing about its speed. */
  readonly #charactersBefore: number;
  #charactersRead: number;
  #sectionsRead: number;

  constructor(clock: Clock, { characters, sections, read = [], unreadablePages = [], pages = 0 }: ProgressStart) {
    this.#clock = clock;
    this.#startedAt = clock.monotonicMs();
    this.#characters = characters;
    this.#unreadablePages = unreadablePages;
    const readablePages = Math.max(1, pages - unreadablePages.length);
    this.#unreadableCharacters = Math.max(
      unreadablePages.length,
      Math.round((characters / readablePages) * unreadablePages.length),
    );
    this.#sections = sections + read.length + unreadablePages.length;
    this.#sectionsRead = read.length;
    this.#charactersBefore = read.reduce((sum, { start, end }) => sum + end - start, 0);
    this.#charactersRead = this.#charactersBefore;
  }

  get coverage(): Coverage {
    return {
      sections: this.#sections,
      sectionsRead: this.#sectionsRead,
      characters: this.#characters + this.#unreadableCharacters,
      charactersRead: this.#charactersRead,
      ...(this.#unreadablePages.length === 0 ? {} : { unreadablePages: this.#unreadablePages }),
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
    const all = Math.max(1, this.#characters - this.#charactersBefore);
    const share = (done - this.#charactersBefore) / all;
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
