import { pageBytes } from './page-cipher.ts';

/** Sizes of SQLite's write-ahead log: a header, then frames of a header and a page each. */
export const logHeaderBytes = 32;
export const frameHeaderBytes = 24;
export const frameBytes = frameHeaderBytes + pageBytes;
