import { z } from 'zod';
import { appErrorDataSchema } from './app-error.ts';
import { documentHashSchema, documentIdSchema, passageIdSchema } from './ids.ts';
import { placeSchema } from './place.ts';

/** Formats that the reader understands. `table` is CSV and its kin, `code` is source code and configuration. */
export const documentFormatSchema = z.enum([
  'text',
  'markdown',
  'code',
  'table',
  'html',
  'email',
  'pdf',
  'docx',
  'pptx',
  'xlsx',
  'odt',
  'ods',
  'odp',
  'epub',
  'image',
]);
export type DocumentFormat = z.infer<typeof documentFormatSchema>;

/** What the `page` of a place counts, by format; formats that are not named have lines instead of pages. */
export const pageKindSchema = z.enum(['page', 'slide', 'sheet', 'chapter']);
export type PageKind = z.infer<typeof pageKindSchema>;

const pageKinds: Readonly<Partial<Record<DocumentFormat, PageKind>>> = {
  pdf: 'page',
  image: 'page',
  pptx: 'slide',
  odp: 'slide',
  xlsx: 'sheet',
  ods: 'sheet',
  epub: 'chapter',
};

/** What a page of this format is called; null for formats without pages. */
export function pageKindOf(format: DocumentFormat): PageKind | null {
  return pageKinds[format] ?? null;
}

/** Formats whose pages can be shown as pictures. */
export function hasPageImages(format: DocumentFormat): boolean {
  return format === 'pdf' || format === 'image';
}

/**
 * How a page's text was had: `text` from the file itself, `recognised` by optical character recognition, `blank` has
 * none, `unreadable` has a picture that gave no text (or none in time), `skipped` was beyond a limit.
 */
export const pageReadingSchema = z.enum(['text', 'recognised', 'blank', 'unreadable', 'skipped']);
export type PageReading = z.infer<typeof pageReadingSchema>;

/** What was left out or is doubtful, so that nothing is left out silently. Page numbers count from 1. */
export const readingReportSchema = z
  .object({
    /** Pages read by optical character recognition. */
    recognisedPages: z.array(z.int().positive()).readonly().default([]),
    /** Pages whose text could not be had. */
    unreadablePages: z.array(z.int().positive()).readonly().default([]),
    /** Characters that the reader of the document would not see: white, tiny, off the page, zero-width, tags. Not part of the text. */
    hiddenCharacters: z.int().nonnegative().default(0),
    /** The beginning of what is hidden, at most 2,000 characters. */
    hiddenSample: z.string().max(2_000).default(''),
    /** Pages beyond the limit, embedded files, tracked deletions and the like; words in the catalogue under `report.<name>`. */
    omissions: z
      .array(
        z.enum([
          'page-limit',
          'character-limit',
          'attachments',
          'deleted-text',
          'formulas',
          'pictures',
          'damaged-part',
        ]),
      )
      .readonly()
      .default([]),
  })
  .readonly();
export type ReadingReport = z.infer<typeof readingReportSchema>;

/** A report of a document that was read whole. */
export const cleanReport: ReadingReport = readingReportSchema.parse({});

/** `indexing`: readable and searchable by words, meaning is still being computed; `ready`: all of it. */
export const documentStatusSchema = z.enum(['indexing', 'ready', 'failed']);

export const documentDescriptionSchema = z
  .object({
    id: documentIdSchema,
    hash: documentHashSchema,
    name: z.string(),
    /** The title that the document gives itself; null without one. */
    title: z.string().nullable(),
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
    report: readingReportSchema,
    /** Added by hand, and not only because it lies in a collection: it stands in the list of single documents. */
    isLoose: z.boolean(),
    addedAt: z.int().nonnegative(),
  })
  .readonly();
export type DocumentDescription = z.infer<typeof documentDescriptionSchema>;

/** A file that a person added and that is being read. */
export type DocumentReading = {
  /** Name as the user knows it. */
  readonly name: string;
  /** Share that is read, 0 to 1. */
  readonly fraction: number;
};

/** A stretch of a document that is found and quoted as one. */
export const passageSchema = z
  .object({
    id: passageIdSchema,
    documentId: documentIdSchema,
    documentName: z.string(),
    format: documentFormatSchema,
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

/** A rectangle on a page in points (1/72 inch), from the upper left corner. */
export const pageBoxSchema = z
  .object({ x: z.number(), y: z.number(), width: z.number().nonnegative(), height: z.number().nonnegative() })
  .readonly();
export type PageBox = z.infer<typeof pageBoxSchema>;

/** One page (slide, sheet, chapter) of a document. `end` is the start of the next page. */
export const documentPageSchema = z
  .object({
    page: z.int().positive(),
    start: z.int().nonnegative(),
    end: z.int().nonnegative(),
    /** Printed page number, name of the sheet, title of the slide; null without one. */
    label: z.string().nullable(),
    reading: pageReadingSchema,
    /** In points; null for formats whose pages have no picture. */
    size: z.object({ width: z.number().positive(), height: z.number().positive() }).readonly().nullable(),
  })
  .readonly();
export type DocumentPage = z.infer<typeof documentPageSchema>;

/** A page as the viewer shows it: its text, and the boxes of the highlighted stretch. */
export const pageViewSchema = z
  .object({
    documentId: documentIdSchema,
    documentName: z.string(),
    format: documentFormatSchema,
    page: documentPageSchema,
    pageCount: z.int().positive(),
    text: z.string(),
    /** Where the stretch that was asked for lies on this page; empty when the format has no boxes. */
    highlights: z.array(pageBoxSchema).readonly(),
    /** Whether a picture can be had: false when the original is gone or was changed since it was read. */
    picture: z.enum(['available', 'original-missing', 'original-changed', 'none']),
  })
  .readonly();
export type PageView = z.infer<typeof pageViewSchema>;

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
