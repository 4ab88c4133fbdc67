import { z } from 'zod';
import { appErrorDataSchema } from './app-error.ts';
import { documentIdSchema, runIdSchema, summaryIdSchema, summaryNodeIdSchema } from './ids.ts';
import { placeSchema } from './place.ts';
import { findingKindSchema, findingSchema } from './screening.ts';
import { usageSchema } from './usage.ts';

/**
 * What kind of summary: one sentence, key points, a page of prose, action items and dates, every section by itself, what
 * the document says to a question, or what own instructions ask for.
 */
export const summaryStyleSchema = z.enum([
  'one-sentence',
  'key-points',
  'page',
  'actions',
  'by-section',
  'question',
  'instructions',
]);
export type SummaryStyle = z.infer<typeof summaryStyleSchema>;

/** A target, not a promise: roughly a third, the usual, and twice the usual of the style. */
export const summaryLengthSchema = z.enum(['short', 'medium', 'long']);
export type SummaryLength = z.infer<typeof summaryLengthSchema>;

/** What is asked of a summary. `focus` is the question or the instructions, for those styles. */
export const summaryRequestSchema = z
  .object({
    style: summaryStyleSchema,
    length: summaryLengthSchema.default('medium'),
    focus: z.string().trim().max(2_000).default(''),
  })
  .readonly();
export type SummaryRequest = z.infer<typeof summaryRequestSchema>;

/** Words of the document that carry a statement: copied by position, so `quote` is the text at `place`. */
export const summaryQuoteSchema = z.object({ place: placeSchema, quote: z.string() }).readonly();
export type SummaryQuote = z.infer<typeof summaryQuoteSchema>;

/** One statement of a summary with the places that carry it, strongest first. */
export const summaryStatementSchema = z
  .object({
    text: z.string(),
    quotes: z.array(summaryQuoteSchema).readonly(),
    /** True where the statement is a sentence of the document, word for word. */
    isExtract: z.boolean(),
    /** What was noticed in `text`; absent where nothing was. */
    findings: z.array(findingSchema).readonly().optional(),
    /** What of it the person has chosen to see; absent before they chose anything. */
    allowed: z.array(findingKindSchema).readonly().optional(),
  })
  .readonly();
export type SummaryStatement = z.infer<typeof summaryStatementSchema>;

/** What one section of the document says, and where that section is. */
export const summarySectionSchema = z
  .object({
    title: z.string(),
    place: placeSchema,
    summary: z.string(),
    statements: z.array(summaryStatementSchema).readonly().default([]),
    /** True where the model gave nothing usable and the section's most central sentences stand here, word for word. */
    isExtract: z.boolean().optional(),
  })
  .readonly();
export type SummarySection = z.infer<typeof summarySectionSchema>;

/** Counted from what was handed to the model, never from what was planned. `sections` are the stretches read. */
export const coverageSchema = z
  .object({
    sections: z.int().nonnegative(),
    sectionsRead: z.int().nonnegative(),
    characters: z.int().nonnegative(),
    charactersRead: z.int().nonnegative(),
    /** Pages whose text could not be had; `characters` counts each as one of average length that was not read. */
    unreadablePages: z.array(z.int().positive()).readonly().optional(),
  })
  .readonly();
export type Coverage = z.infer<typeof coverageSchema>;

/** One node of the tree of partial summaries: level 0 is a stretch that the model read, each level above joins nodes below. */
export const summaryNodeSchema = z
  .object({
    id: summaryNodeIdSchema,
    summaryId: summaryIdSchema,
    level: z.int().nonnegative(),
    /** Orders the nodes of its level: where the node begins in the text, so a stretch keeps it when the rest is planned anew. */
    index: z.int().nonnegative(),
    title: z.string(),
    place: placeSchema,
    statements: z.array(summaryStatementSchema).readonly(),
  })
  .readonly();
export type SummaryNode = z.infer<typeof summaryNodeSchema>;

/**
 * `queued` waits its turn, `paused` was halted by the person and goes on where it stopped, `stopped` was cancelled and
 * keeps what it has.
 */
export const summaryStatusSchema = z.enum(['queued', 'running', 'paused', 'complete', 'stopped', 'failed']);
export type SummaryStatus = z.infer<typeof summaryStatusSchema>;

/** A summary as it is kept, while it grows and afterwards. */
export const summarySchema = z
  .object({
    id: summaryIdSchema,
    documentId: documentIdSchema,
    documentName: z.string(),
    style: summaryStyleSchema,
    length: summaryLengthSchema,
    focus: z.string(),
    status: summaryStatusSchema,
    runId: runIdSchema.nullable(),
    /** The statements as one text. */
    summary: z.string(),
    statements: z.array(summaryStatementSchema).readonly(),
    sections: z.array(summarySectionSchema).readonly(),
    coverage: coverageSchema,
    modelName: z.string().nullable(),
    usage: usageSchema.nullable(),
    error: appErrorDataSchema.nullable(),
    createdAt: z.int().nonnegative(),
  })
  .readonly();
export type Summary = z.infer<typeof summarySchema>;
