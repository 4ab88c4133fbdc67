import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { apply } from './page-geometry.ts';
import type { PageText } from './page-text.ts';

/** An entry of the document's own outline; `top` in points from the page's upper edge, null for the page as a whole. */
export type OutlineEntry = {
  readonly level: number;
  readonly title: string;
  /** Index of the page, from 0. */
  readonly page: number;
  readonly top: number | null;
};

const entryLimit = 5_000;
const depthLimit = 8;

type OutlineNode = { readonly title: string; readonly dest: unknown; readonly items: readonly OutlineNode[] };

type PageReference = Parameters<PDFDocumentProxy['getPageIndex']>[0];

const isReference = (value: unknown): value is PageReference =>
  typeof value === 'object' && value !== null && 'num' in value && 'gen' in value;

/** Where a destination points; null where it points nowhere. */
async function resolve(
  document: PDFDocumentProxy,
  destination: unknown,
  pages: readonly PageText[],
): Promise<{ readonly page: number; readonly top: number | null } | null> {
  const explicit: unknown = typeof destination === 'string' ? await document.getDestination(destination) : destination;
  if (!Array.isArray(explicit)) return null;
  const [target, , x, y] = explicit as readonly unknown[]; // An array of anything.
  const index = isReference(target) ? await document.getPageIndex(target) : target;
  const page = typeof index === 'number' ? pages[index] : undefined;
  if (typeof index !== 'number' || !page) return null;
  const top = typeof y === 'number' ? apply(page.matrix, typeof x === 'number' ? x : 0, y)[1] : null;
  return { page: index, top };
}

/** Reads the outline of a document, in its order; entries that point nowhere are left out. */
export async function readOutline(
  document: PDFDocumentProxy,
  pages: readonly PageText[],
): Promise<readonly OutlineEntry[]> {
  const entries: OutlineEntry[] = [];
  const walk = async (nodes: readonly OutlineNode[], level: number): Promise<void> => {
    for (const { title, dest, items } of nodes) {
      if (entries.length >= entryLimit) return;
      const place = await resolve(document, dest, pages).catch(() => null);
      const words = title.replaceAll(/\s+/g, ' ').trim().slice(0, 300);
      if (place && words !== '') entries.push({ level, title: words, ...place });
      if (level < depthLimit) await walk(items ?? [], level + 1);
    }
  };
  const outline: readonly OutlineNode[] | null = await document.getOutline().catch(() => null);
  await walk(outline ?? [], 1);
  return entries;
}
