import type { Finding } from '../../shared/screening.ts';

/** What a model was given: what it repeats of it can be known, and what a link of it carries away. */
export type ScreeningContext = {
  /** Every text of the request: the conversation so far, the passages. */
  readonly asked: readonly string[];
  /** What was replaced before it left. */
  readonly originals: readonly string[];
};

/** Looks through a text; the whole text each time, offsets into it. */
export type ScreenText = (text: string) => readonly Finding[];

/** Looks through what models return. Nothing is changed and nothing is held back: the person chooses. */
export interface ScreeningService {
  /** For one answer; the work of knowing its context is done once. */
  prepare(context: ScreeningContext): Promise<ScreenText>;
}
