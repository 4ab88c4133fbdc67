import type { ExtractedPage, ExtractedTable } from '../extracted-document.ts';
import { findFurniture } from './find-furniture.ts';
import { findCompounds } from './join-hyphens.ts';
import { layOutSegments } from './lay-out-page.ts';
import type { PageText } from './page-text.ts';
import { TextWriter } from './text-writer.ts';
import type { WrittenBlock } from './text-writer.ts';

/** The text of all pages, with where everything stands in it. */
export type ComposedDocument = {
  readonly text: string;
  readonly pages: readonly ExtractedPage[];
  readonly tables: readonly ExtractedTable[];
  /** Paragraphs and tables in the order of the text. */
  readonly blocks: readonly WrittenBlock[];
};

/** Puts the pages of a document together: without running headers and footers, in reading order, broken words joined. */
export function composeDocument(pages: readonly PageText[]): ComposedDocument {
  const furniture = findFurniture(pages);
  const writer = new TextWriter(findCompounds(pages));
  const extracted: ExtractedPage[] = [];
  for (const { directions, width, height, reading, label } of pages) {
    const start = writer.length;
    for (const direction of directions) {
      const kept = direction.segments.filter((segment) => !furniture.has(segment));
      for (const block of layOutSegments({ ...direction, segments: kept })) writer.writeBlock(block);
    }
    extracted.push({ start, label, reading, size: { width, height }, runs: writer.endPage() });
  }
  return { text: writer.text, pages: extracted, tables: writer.tables, blocks: writer.blocks };
}
