import type { DocumentFormat, PageReading, ReadingReport } from '../../shared/document.ts';
import type { RecognitionLanguage } from '../../shared/settings.ts';
import type { FoundHeading } from './find-headings.ts';

/** A page of an extracted document; see `readPageSchema` for the runs. */
export type ExtractedPage = {
  /** Offset in the text of the page's first character. */
  readonly start: number;
  readonly label: string | null;
  readonly reading: PageReading;
  /** In points. */
  readonly size: { readonly width: number; readonly height: number } | null;
  readonly runs: readonly (readonly [number, number, number, number, number, number])[];
};

/** What the reader of one format makes of a file; offsets are UTF-16 code units of `text`. */
export type ExtractedDocument = {
  readonly format: DocumentFormat;
  /** Line ends are `\n`. Hidden text is not in it. */
  readonly text: string;
  readonly title: string | null;
  /** In order of `start`. */
  readonly headings: readonly FoundHeading[];
  /** Null for formats without pages. */
  readonly pages: readonly ExtractedPage[] | null;
  /**
   * Stretches that are not cut where it can be helped, such as a row of a table, and the text that each passage with one
   * of its rows should have in front, such as the header row. Empty for running text.
   */
  readonly tables: readonly ExtractedTable[];
  readonly report: ReadingReport;
  /** Encoding that the bytes were read as; `binary` for formats that say it themselves. */
  readonly encoding: string;
};

/** A table within the text: rows are lines of the text between `start` and `end`. */
export type ExtractedTable = { readonly start: number; readonly end: number; readonly header: string };

/** What a reader works with. */
export type ExtractionTools = {
  /** Name as the user knows it; its extension helps to tell the format. */
  readonly name: string;
  readonly recognitionLanguages: readonly RecognitionLanguage[];
  /** Share of the work that is done, 0 to 1. Each call with `isPageDone` renews the deadline. */
  readonly onProgress: (fraction: number, isPageDone?: boolean) => void;
};

/** Reads one format. Throws AppError `file/damaged`, `file/encrypted`, `file/too-complex`, `file/no-text`. */
export type ExtractDocument = (bytes: Buffer, tools: ExtractionTools) => Promise<ExtractedDocument>;

/** A page as a picture: PNG. */
export type DrawnPage = { readonly bytes: Uint8Array; readonly widthPixels: number; readonly heightPixels: number };

/**
 * Draws one page, counted from 1, at a width of 16 to 4,096 pixels. Throws AppError `file/damaged`, `file/encrypted`,
 * `file/too-complex`, and `app/not-found` for a page that is not there.
 */
export type DrawPage = (bytes: Buffer, page: number, widthPixels: number) => Promise<DrawnPage>;
