import { z } from 'zod';
import { appErrorDataSchema } from './app-error.ts';
import { citedPassageSchema } from './document.ts';
import { previewIdSchema, runIdSchema } from './ids.ts';
import { noticeNameSchema, sentenceCheckSchema } from './message.ts';
import { routeSchema } from './route.ts';
import { findingSchema } from './screening.ts';
import { sentSchema } from './sent.ts';
import { coverageSchema, summarySectionSchema, summaryStatementSchema } from './summary.ts';
import { usageSchema } from './usage.ts';

/** What a run is doing, in the order in which it happens; words in the catalogue under `phase.<name>`. */
export const phaseSchema = z.enum([
  'waiting',
  'loading-model',
  'copying',
  'reading',
  'indexing',
  'planning',
  'searching',
  'asking-person',
  'sending',
  'thinking',
  'combining',
  'summarising',
  'merging',
  'checking',
]);
export type Phase = z.infer<typeof phaseSchema>;

const sequence = { sequence: z.int().nonnegative() };

/**
 * Everything that a run tells, one union for chat, questions, summaries and imports. `sequence` counts from 0 without
 * gaps, so a window that reloads asks for what comes after the last one it saw. Exactly one `run-end` or `run-error`
 * comes last.
 */
export const answerPartSchema = z.discriminatedUnion('type', [
  z
    .object({
      ...sequence,
      type: z.literal('run-start'),
      runId: runIdSchema,
      modelName: z.string().nullable(),
      route: routeSchema.nullable(),
    })
    .readonly(),
  z
    .object({
      ...sequence,
      type: z.literal('progress'),
      phase: phaseSchema,
      /** Units done and in all (tokens, passages, characters, bytes: the phase knows); total 0 when unknown. */
      done: z.number().nonnegative(),
      total: z.number().nonnegative(),
      /** Null until there is enough to estimate from. */
      remainingMs: z.number().nonnegative().nullable(),
    })
    .readonly(),
  z.object({ ...sequence, type: z.literal('passages'), passages: z.array(citedPassageSchema).readonly() }).readonly(),
  z
    .object({
      ...sequence,
      type: z.literal('grounds'),
      searchedAs: z.string().nullable(),
      confidence: z.number().min(0).max(1).nullable(),
      level: z.enum(['high', 'medium', 'low']).nullable(),
    })
    .readonly(),
  z.object({ ...sequence, type: z.literal('text-start') }).readonly(),
  z.object({ ...sequence, type: z.literal('text-delta'), text: z.string() }).readonly(),
  z.object({ ...sequence, type: z.literal('text-end') }).readonly(),
  z.object({ ...sequence, type: z.literal('reasoning-delta'), text: z.string() }).readonly(),
  z
    .object({ ...sequence, type: z.literal('sentence-check'), checks: z.array(sentenceCheckSchema).readonly() })
    .readonly(),
  z
    .object({ ...sequence, type: z.literal('section-end'), section: summarySectionSchema, coverage: coverageSchema })
    .readonly(),
  /** What a summary says so far; each replaces the one before. */
  z
    .object({ ...sequence, type: z.literal('statements'), statements: z.array(summaryStatementSchema).readonly() })
    .readonly(),
  z.object({ ...sequence, type: z.literal('notice'), name: noticeNameSchema }).readonly(),
  /** The answer waits until a person has decided over this preview; `isOpen` false when that is done. */
  z.object({ ...sequence, type: z.literal('preview'), previewId: previewIdSchema, isOpen: z.boolean() }).readonly(),
  z.object({ ...sequence, type: z.literal('sent'), sent: sentSchema }).readonly(),
  z.object({ ...sequence, type: z.literal('screening'), findings: z.array(findingSchema).readonly() }).readonly(),
  z
    .object({
      ...sequence,
      type: z.literal('run-end'),
      reason: z.enum(['complete', 'length', 'stopped', 'interrupted']),
      usage: usageSchema.nullable(),
    })
    .readonly(),
  z.object({ ...sequence, type: z.literal('run-error'), error: appErrorDataSchema }).readonly(),
]);
export type AnswerPart = z.infer<typeof answerPartSchema>;

type WithoutSequence<T> = T extends AnswerPart ? Omit<T, 'sequence'> : never;
/** A part before the run gives it its number. */
export type UnnumberedPart = WithoutSequence<AnswerPart>;
