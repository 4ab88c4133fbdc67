import type { PromptName } from '../../providers/prompt-template.ts';
import type { SummaryLength, SummaryStyle } from '../../shared/summary.ts';

/** How a style is read and written; numbers are statements. */
export type StylePlan = {
  /** What is asked of the model at each stretch. */
  readonly stretchPrompt: PromptName;
  /** Of one stretch, at most. */
  readonly stretch: number;
  /** Of a section of several stretches. */
  readonly section: number;
  /** Of the whole. */
  readonly whole: number;
  /** What the model is asked to make of the statements; null where they are only chosen and ordered. */
  readonly mergePrompt: PromptName | null;
};

type BasePlan = StylePlan & { readonly hasFixedLength?: true };

const reading = { stretchPrompt: 'summarise-section', mergePrompt: 'summarise-merge' } as const;

const plans: Readonly<Record<SummaryStyle, BasePlan>> = {
  'one-sentence': { ...reading, stretch: 2, section: 2, whole: 1, hasFixedLength: true },
  'key-points': { ...reading, stretch: 3, section: 4, whole: 7 },
  page: { ...reading, stretch: 4, section: 6, whole: 14 },
  // Whoever looks for duties and dates wants each of them, in its own words.
  actions: { stretchPrompt: 'summarise-actions', stretch: 4, section: 12, whole: 20, mergePrompt: null },
  'by-section': { ...reading, stretch: 3, section: 3, whole: 1_000, mergePrompt: null },
  question: { ...reading, stretchPrompt: 'summarise-question', stretch: 3, section: 4, whole: 6 },
  instructions: { ...reading, stretch: 3, section: 4, whole: 8, mergePrompt: 'summarise-instructions' },
};

const factors: Readonly<Record<SummaryLength, number>> = { short: 1 / 3, medium: 1, long: 2 };

/** The plan of a style at a length: a third, the usual, or twice the usual of what the summary and its sections hold. */
export function planOf(style: SummaryStyle, length: SummaryLength): StylePlan {
  const { hasFixedLength, ...plan } = plans[style];
  const factor = hasFixedLength === true ? 1 : factors[length];
  const scaled = (count: number): number => Math.max(1, Math.round(count * factor));
  const isLong = length === 'long' && hasFixedLength !== true;
  return {
    ...plan,
    stretch: plan.stretch + (isLong ? 1 : 0),
    section: scaled(plan.section),
    whole: scaled(plan.whole),
  };
}
