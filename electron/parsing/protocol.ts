import { z } from 'zod';
import { appErrorDataSchema } from '../shared/app-error.ts';
import { documentFormatSchema } from '../shared/document.ts';
import { documentHashSchema } from '../shared/ids.ts';
import { lineRangeSchema } from '../shared/place.ts';
import { fileLocationSchema } from './protocol/file-source.ts';

/** What the parent asks of the parsing process: one file at a time. */
export const parsingRequestSchema = z
  .object({
    type: z.literal('read'),
    id: z.int().nonnegative(),
    file: fileLocationSchema,
    /** Files with more bytes than this are refused. */
    limitBytes: z.int().positive(),
  })
  .readonly();
export type ParsingRequest = z.infer<typeof parsingRequestSchema>;

/** A heading as it crosses the process: `start` is an offset in the text. */
export const headingSchema = z
  .object({ level: z.int().positive(), title: z.string(), start: z.int().nonnegative() })
  .readonly();

/** Where a passage lies, and the headings above it, outermost first. */
export const passageSpanSchema = z
  .object({
    start: z.int().nonnegative(),
    end: z.int().positive(),
    lines: lineRangeSchema,
    headings: z.array(z.string()).readonly(),
  })
  .readonly();
export type PassageSpan = z.infer<typeof passageSpanSchema>;

const id = { id: z.int().nonnegative() };

/**
 * What the parsing process tells. Text and passages come in slices (see `textSliceCharacters`), so that a document of
 * 50 MB never holds up the process that receives it; `read-end` or `read-error` comes last.
 */
export const parsingEventSchema = z.discriminatedUnion('type', [
  z.object({ ...id, type: z.literal('read-progress'), fraction: z.number().min(0).max(1) }).readonly(),
  z.object({ ...id, type: z.literal('text-slice'), text: z.string() }).readonly(),
  z.object({ ...id, type: z.literal('passage-slice'), passages: z.array(passageSpanSchema).readonly() }).readonly(),
  z
    .object({
      ...id,
      type: z.literal('read-end'),
      format: documentFormatSchema,
      hash: documentHashSchema,
      sizeBytes: z.int().nonnegative(),
      words: z.int().nonnegative(),
      lines: z.int().nonnegative(),
      headings: z.array(headingSchema).readonly(),
      pageStarts: z.array(z.int().nonnegative()).readonly().nullable(),
      encoding: z.string(),
    })
    .readonly(),
  z.object({ ...id, type: z.literal('read-error'), error: appErrorDataSchema }).readonly(),
]);
export type ParsingEvent = z.infer<typeof parsingEventSchema>;

/** Characters in one `text-slice`. */
export const textSliceCharacters = 512 * 1024;

/** Passages in one `passage-slice`. */
export const passageSliceLength = 500;
