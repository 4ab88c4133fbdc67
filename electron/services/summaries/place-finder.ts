import type { DocumentDescription, DocumentPage } from '../../shared/document.ts';
import type { Place } from '../../shared/place.ts';
import type { Span } from '../../shared/sentences.ts';

/** Index of the last value that is not greater than `at`; -1 without one. `sorted` grows. */
function lastBefore(sorted: readonly number[], at: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Finds the page of a span where the document has pages, and its lines where it has none. */
export function createPlaceFinder(
  { hash }: Pick<DocumentDescription, 'hash'>,
  text: string,
  pages: readonly DocumentPage[],
): (span: Span) => Place {
  if (pages.length > 0) {
    const starts = pages.map(({ start }) => start);
    return ({ start, end }) => {
      const page = pages[Math.max(0, lastBefore(starts, start))]?.page;
      return { documentHash: hash, start, end, ...(page === undefined ? {} : { page }) };
    };
  }
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return ({ start, end }) => {
    const blank = /^\s*/u.exec(text.slice(start, end))?.[0].length ?? 0;
    const filled = text.slice(start, end).trimEnd().length;
    const first = lastBefore(lineStarts, start + blank) + 1;
    const last = Math.max(first, lastBefore(lineStarts, start + Math.max(0, filled - 1)) + 1);
    return { documentHash: hash, start, end, lines: { first, last } };
  };
}
