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
  brief: { stretch: 2, section: 2, whole: 4 },
  standard: { stretch: 3, section: 4, whole: 7 },
  detailed: { stretch: 5, section: 7, whole: 12 },
};
