import type { DocumentFormat, ReadingReport } from '../shared/document.ts';
import type { DocumentHash } from '../shared/ids.ts';
import type { RecognitionLanguage } from '../shared/settings.ts';
import type { FileLocation } from './protocol/file-source.ts';
import type { PassageSpan, ReadPage } from './protocol.ts';

/** Why a stretch of the document begins where it does. */
export type Heading = {
  /** 1 is the outermost. */
  readonly level: number;
  readonly title: string;
  /** Offset in `text` of the heading's first character. */
  readonly start: number;
};

/** A document as plain data: what the parsing process hands back. */
export type ReadDocument = {
  readonly format: DocumentFormat;
  /** Extracted text: line ends are `\n`, no byte-order mark. All offsets of a Place are into this. */
  readonly text: string;
  /** In order of `start`; empty for text without a recognisable structure. */
  readonly headings: readonly Heading[];
  /** In order; null for formats without pages. The first begins at 0, each ends where the next begins. */
  readonly pages: readonly ReadPage[] | null;
  /** In order of `start`, without overlap; everything but blank space is in one of them. Cut where the text is read, so that a long one holds up nobody. */
  readonly passages: readonly PassageSpan[];
  /** Of the very bytes that the text was made of. */
  readonly hash: DocumentHash;
  readonly sizeBytes: number;
  readonly words: number;
  readonly lines: number;
  readonly title: string | null;
  readonly report: ReadingReport;
  /** Encoding that the bytes were read as, such as `utf-8` or `windows-1252`. */
  readonly encoding: string;
};

/** Where the bytes are: the parsing process reads the file itself, so they never pass through the main process. */
export type ReadRequest = FileLocation;

/** A page as a picture. */
export type PageImage = {
  /** PNG. */
  readonly bytes: Uint8Array;
  readonly widthPixels: number;
  readonly heightPixels: number;
};

/** Which page of which file. */
export type PageImageRequest = {
  readonly file: FileLocation;
  /** Of the bytes that the document was read from. */
  readonly hash: DocumentHash;
  readonly page: number;
  readonly widthPixels: number;
};

/**
 * Reads hostile documents in a process of its own, with a memory cap (default 512 MB of resident memory) and a deadline:
 * 20 s from the last page that was finished, as long as pages keep coming, and 60 minutes in all.
 * Throws AppError: `file/*` when the file is at fault, `parsing/timeout`, `parsing/crashed`.
 */
export interface DocumentReader {
  read(
    request: ReadRequest,
    options: {
      readonly signal: AbortSignal;
      /** Default: none, so pages without text are told as unreadable. */
      readonly recognitionLanguages?: readonly RecognitionLanguage[];
      readonly onProgress?: (fraction: number) => void;
    },
  ): Promise<ReadDocument>;
  close(): Promise<void>;
}

/**
 * Draws pages for the viewer, in a process of its own beside the one that reads, so that a person never waits for a long
 * document. Throws `file/changed` when the file has other bytes than the document, `file/*`, `parsing/*`.
 */
export interface PageDrawer {
  draw(request: PageImageRequest, signal: AbortSignal): Promise<PageImage>;
  close(): Promise<void>;
}
