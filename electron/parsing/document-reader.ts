import type { DocumentFormat } from '../shared/document.ts';
import type { DocumentHash } from '../shared/ids.ts';
import type { FileLocation } from './protocol/file-source.ts';
import type { PassageSpan } from './protocol.ts';

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
  /** Offset of the first character of each page; null for formats without pages. */
  readonly pageStarts: readonly number[] | null;
  /** In order of `start`, without overlap; everything but blank space is in one of them. Cut where the text is read, so that a long one holds up nobody. */
  readonly passages: readonly PassageSpan[];
  /** Of the very bytes that the text was made of. */
  readonly hash: DocumentHash;
  readonly sizeBytes: number;
  readonly words: number;
  readonly lines: number;
  /** Encoding that the bytes were read as, such as `utf-8` or `windows-1252`. */
  readonly encoding: string;
};

/** Where the bytes are: the parsing process reads the file itself, so they never pass through the main process. */
export type ReadRequest = FileLocation;

/**
 * Reads hostile documents in a process of its own, with a deadline (default 60 s) and a memory cap (default 1 GiB).
 * Throws AppError: `file/*` when the file is at fault, `parsing/timeout`, `parsing/crashed`.
 */
export interface DocumentReader {
  read(
    request: ReadRequest,
    options: { readonly signal: AbortSignal; readonly onProgress?: (fraction: number) => void },
  ): Promise<ReadDocument>;
  close(): Promise<void>;
}
