import { z } from 'zod';
import { appErrorDataSchema } from './app-error.ts';
import { documentHashSchema, documentIdSchema, passageIdSchema } from './ids.ts';
import { placeSchema } from './place.ts';

/** Formats that the reader understands. */
export const documentFormatSchema = z.enum(['text', 'markdown']);
export type DocumentFormat = z.infer<typeof documentFormatSchema>;

/** `indexing`: readable and searchable by words, meaning is still being computed; `ready`: all of it. */
export const documentStatusSchema = z.enum(['indexing', 'ready', 'failed']);

export const documentDescriptionSchema = z
  .object({
    id: documentIdSchema,
    hash: documentHashSchema,
    name: z.string(),
    format: documentFormatSchema,
    sizeBytes: z.int().nonnegative(),
    characters: z.int().nonnegative(),
    words: z.int().nonnegative(),
    lines: z.int().nonnegative(),
    /** Null for formats without pages. */
    pages: z.int().positive().nullable(),
    passages: z.int().nonnegative(),
    passagesIndexed: z.int().nonnegative(),
    status: documentStatusSchema,
    error: appErrorDataSchema.nullable(),
    addedAt: z.int().nonnegative(),
  })
  .readonly();
export type DocumentDescription = z.infer<typeof documentDescriptionSchema>;

/** A stretch of a document that is found and quoted as one. */
export const passageSchema = z
  .object({
    id: passageIdSchema,
    documentId: documentIdSchema,
    documentName: z.string(),
    place: placeSchema,
    /** Headings above it, outermost first. */
    headings: z.array(z.string()).readonly(),
    text: z.string(),
  })
  .readonly();
export type Passage = z.infer<typeof passageSchema>;

/** A passage as evidence: `mark` is the n of [n] in the answer, counted from 1; `score` is 0 to 1. */
export const citedPassageSchema = z
  .object({ mark: z.int().positive(), passage: passageSchema, score: z.number().min(0).max(1) })
  .readonly();
export type CitedPassage = z.infer<typeof citedPassageSchema>;

/** Text of a document around a place, for the evidence column. Offsets are into the whole text. */
export const excerptSchema = z
  .object({
    documentId: documentIdSchema,
    documentName: z.string(),
    start: z.int().nonnegative(),
    end: z.int().nonnegative(),
    firstLine: z.int().positive(),
    text: z.string(),
  })
  .readonly();
export type Excerpt = z.infer<typeof excerptSchema>;

/** Size limit of a text document, in bytes. A 60,000-word book has about 350,000; 64 MiB is some 150 such books. */
export const documentSizeLimitBytes = 64 * 1024 * 1024;
