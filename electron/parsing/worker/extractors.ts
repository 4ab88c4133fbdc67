import type { BinaryFormat } from './detect-format.ts';
import type { DrawPage, ExtractDocument } from './extracted-document.ts';

/** The reader of a format; its libraries are loaded when the first file of the format comes. Null for a format without one. */
export async function extractorOf(_format: BinaryFormat): Promise<ExtractDocument | null> {
  return null;
}

/** What draws pages of a format; null for formats whose pages have no picture. */
export async function pageDrawerOf(_format: BinaryFormat | null): Promise<DrawPage | null> {
  return null;
}
