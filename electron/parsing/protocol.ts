import { z } from 'zod';
import { appErrorDataSchema } from '../shared/app-error.ts';
import { documentFormatSchema, pageReadingSchema, readingReportSchema } from '../shared/document.ts';
import { documentHashSchema } from '../shared/ids.ts';
import { lineRangeSchema } from '../shared/place.ts';
import { recognitionLanguageSchema } from '../shared/settings.ts';
import { fileLocationSchema } from './protocol/file-source.ts';

/** What the parent asks of the parsing process: one file at a time. */
export const parsingRequestSchema = z.discriminatedUnion('type', [
  z
    .object({
      type: z.literal('read'),
      id: z.int().nonnegative(),
      file: fileLocationSchema,
      /** Files with more bytes than this are refused. */
      limitBytes: z.int().positive(),
      /** Languages that pages without text are read in; none are recognised when it is empty. */
      recognitionLanguages: z.array(recognitionLanguageSchema).readonly(),
    })
    .readonly(),
  /** Draws one page of a PDF or image; answered by `page-image` or `read-error`. */
  z
    .object({
      type: z.literal('draw-page'),
      id: z.int().nonnegative(),
      file: fileLocationSchema,
      limitBytes: z.int().positive(),
      page: z.int().positive(),
      /** Width of the picture; at most 4,096. */
      widthPixels: z.int().min(16).max(4_096),
      /** The file must still be these bytes; `file/changed` when it is not. */
      hash: documentHashSchema,
    })
    .readonly(),
]);
export type ParsingRequest = z.infer<typeof parsingRequestSchema>;
/** To read a document. */
export type ReadFileRequest = Extract<ParsingRequest, { readonly type: 'read' }>;
/** To draw one of its pages. */
export type DrawPageRequest = Extract<ParsingRequest, { readonly type: 'draw-page' }>;

/** A heading as it crosses the process: `start` is an offset in the text. */
export const headingSchema = z
  .object({ level: z.int().positive(), title: z.string(), start: z.int().nonnegative() })
  .readonly();

/** Where a passage lies, and the headings above it, outermost first. */
export const passageSpanSchema = z
  .object({
    start: z.int().nonnegative(),
    end: z.int().positive(),
    /** Null for formats that have pages instead. */
    lines: lineRangeSchema.nullable(),
    /** From 1; null for formats without pages. A passage never crosses a page. */
    page: z.int().positive().nullable(),
    headings: z.array(z.string()).readonly(),
  })
  .readonly();
export type PassageSpan = z.infer<typeof passageSpanSchema>;

/** A page as the reader found it: `start` is an offset in the text; its runs are in reading order and lie within the page. */
export const readPageSchema = z
  .object({
    start: z.int().nonnegative(),
    label: z.string().nullable(),
    reading: pageReadingSchema,
    size: z.object({ width: z.number().positive(), height: z.number().positive() }).readonly().nullable(),
    /** `[start, end, x, y, width, height]` each: offsets in the text, then points from the upper left corner, rounded to 0.1. */
    runs: z.array(z.tuple([z.int(), z.int(), z.number(), z.number(), z.number(), z.number()]).readonly()).readonly(),
  })
  .readonly();
export type ReadPage = z.infer<typeof readPageSchema>;

const id = { id: z.int().nonnegative() };

/**
 * What the parsing process tells. Text and passages come in slices (see `textSliceCharacters`), so that a document of
 * 50 MB never holds up the process that receives it; `read-end` or `read-error` comes last.
 */
export const parsingEventSchema = z.discriminatedUnion('type', [
  z
    .object({
      ...id,
      type: z.literal('read-progress'),
      fraction: z.number().min(0).max(1),
      /** A page (or what stands for one) is done, which renews the deadline. */
      isPageDone: z.boolean(),
    })
    .readonly(),
  z.object({ ...id, type: z.literal('text-slice'), text: z.string() }).readonly(),
  z.object({ ...id, type: z.literal('passage-slice'), passages: z.array(passageSpanSchema).readonly() }).readonly(),
  /** Pages in order, after the text and before the passages; never sent for formats without pages. */
  z.object({ ...id, type: z.literal('page-slice'), pages: z.array(readPageSchema).readonly() }).readonly(),
  z
    .object({
      ...id,
      type: z.literal('page-image'),
      /** PNG. */
      bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
      widthPixels: z.int().positive(),
      heightPixels: z.int().positive(),
    })
    .readonly(),
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
      title: z.string().nullable(),
      report: readingReportSchema,
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

/** Pages in one `page-slice`: a full page has some hundred runs. */
export const pageSliceLength = 50;
