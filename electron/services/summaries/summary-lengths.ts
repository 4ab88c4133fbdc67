import type { SummaryStyle } from '../../shared/summary.ts';

/** Sentences that summaries of each style have at most. */
export type SummaryLengths = {
  /** Of one stretch of the document. */
  readonly stretch: number;
  /** Of a section of several stretches. */
  readonly section: number;
  /** Of the whole. */
  readonly whole: number;
};

/** Lengths of the styles. */
export const summaryLengths: Readonly<Record<SummaryStyle, SummaryLengths>> = {
  'one-sentence': { stretch: 2, section: 2, whole: 1 },
  'key-points': { stretch: 3, section: 4, whole: 7 },
  page: { stretch: 5, section: 7, whole: 12 },
  actions: { stretch: 3, section: 4, whole: 7 },
  'by-section': { stretch: 3, section: 4, whole: 7 },
  question: { stretch: 3, section: 4, whole: 7 },
  instructions: { stretch: 3, section: 4, whole: 7 },
};
