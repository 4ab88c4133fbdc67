import { z } from 'zod';
import { appErrorDataSchema } from './app-error.ts';
import { documentIdSchema, runIdSchema, summaryIdSchema } from './ids.ts';
import { placeSchema } from './place.ts';
import { usageSchema } from './usage.ts';

/** How long: a few sentences, a paragraph or two, a page. */
export const summaryStyleSchema = z.enum(['brief', 'standard', 'detailed']);
export type SummaryStyle = z.infer<typeof summaryStyleSchema>;

/** What one section of the document says, and where that section is. */
export const summarySectionSchema = z
  .object({
    title: z.string(),
    place: placeSchema,
    summary: z.string(),
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
  })
  .readonly();
export type Coverage = z.infer<typeof coverageSchema>;

/** A summary as it is kept, while it grows and afterwards. */
export const summarySchema = z
  .object({
    id: summaryIdSchema,
    documentId: documentIdSchema,
    documentName: z.string(),
    style: summaryStyleSchema,
    status: z.enum(['running', 'complete', 'stopped', 'failed']),
    runId: runIdSchema.nullable(),
    summary: z.string(),
    sections: z.array(summarySectionSchema).readonly(),
    coverage: coverageSchema,
    modelName: z.string().nullable(),
    usage: usageSchema.nullable(),
    error: appErrorDataSchema.nullable(),
    createdAt: z.int().nonnegative(),
  })
  .readonly();
export type Summary = z.infer<typeof summarySchema>;
