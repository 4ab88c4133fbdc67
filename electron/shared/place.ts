import { z } from 'zod';
import { documentHashSchema } from './ids.ts';

/** First and last line, counted from 1, both included. */
export const lineRangeSchema = z.object({ first: z.int().positive(), last: z.int().positive() }).readonly();

/**
 * A place in a document: what citations, highlights, coverage and summaries all point with. `start` (included) and
 * `end` (excluded) are offsets in UTF-16 code units of the extracted text, so `text.slice(start, end)` is the place.
 * `page` counts from 1 and exists for formats that have pages; `lines` exists for plain text.
 */
export const placeSchema = z
  .object({
    documentHash: documentHashSchema,
    start: z.int().nonnegative(),
    end: z.int().nonnegative(),
    page: z.int().positive().optional(),
    lines: lineRangeSchema.optional(),
  })
  .readonly();
export type Place = z.infer<typeof placeSchema>;
