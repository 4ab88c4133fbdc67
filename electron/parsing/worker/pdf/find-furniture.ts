import type { PageText } from './page-text.ts';
import { groupRows } from './segment.ts';
import type { Row, Segment } from './segment.ts';

/** Share of the page's height at its top, and at its bottom, where headers and footers stand. */
const margin = 0.13;
/** Pages on which the same words stand at the same place before they count as header or footer. */
const repetitions = 3;

const romanDigits: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100, d: 500, m: 1_000 };

function romanValue(token: string): number {
  const values = Array.from(token.toLowerCase(), (digit) => romanDigits[digit] ?? 0);
  return values.reduce((sum, value, index) => sum + (value < (values[index + 1] ?? 0) ? -value : value), 0);
}

/** The words at a place, and the same with each number that may be the page's written as its distance from the page. */
function keysOf(segment: Segment, page: number): readonly { readonly key: string; readonly isNumbered: boolean }[] {
  const place = `${Math.round(segment.box.y1 / 3)}:`;
  const text = segment.text.slice(0, 200);
  const numbers = [...text.matchAll(/\d{1,5}|\b[ivxlc]{1,8}\b/gi)].slice(0, 6);
  return [
    { key: place + text, isNumbered: false },
    ...numbers.map((match) => {
      const [token] = match;
      const value = /\d/.test(token) ? Number(token) : romanValue(token);
      const rest = `${text.slice(0, match.index)}#${value - page}${text.slice(match.index + token.length)}`;
      return { key: place + rest, isNumbered: true };
    }),
  ];
}

type Margins = { readonly page: number; readonly rows: readonly Row[] };

/** Rows in the page's margins, from its edges inwards. */
function marginRows({ directions, height }: PageText, page: number): readonly Margins[] {
  const main = directions[0]?.segments ?? [];
  const rows = (keep: (segment: Segment) => boolean): readonly Row[] => groupRows(main.filter(keep));
  return [
    { page, rows: rows(({ box }) => box.y1 < margin * height) },
    { page, rows: rows(({ box }) => box.y0 > (1 - margin) * height).toReversed() },
  ];
}

/** True where the row after it stands in the same columns. */
function isTableHeader({ segments, v, size }: Row, next: Row | undefined): boolean {
  if (segments.length < 2) return false;
  if (segments.length > 2 || !next) return true;
  const isClose = Math.abs(next.v - v) < 2.5 * size && next.segments.length > 1;
  return isClose && segments.every(({ u0 }) => next.segments.some((cell) => Math.abs(cell.u0 - u0) < size));
}

/**
 * Finds running headers, footers and page numbers: what stands at the same place on at least three pages. What repeats
 * word by word stays where it stands for the first time, so that nothing is lost with it. The header of
 * a table stays.
 */
export function findFurniture(pages: readonly PageText[]): ReadonlySet<Segment> {
  const margins = pages.flatMap((page, index) => marginRows(page, index + 1));
  const counts = new Map<string, number>();
  for (const { page, rows } of margins) {
    const keys = rows.flatMap(({ segments }) => segments.flatMap((segment) => keysOf(segment, page)));
    for (const key of new Set(keys.map((found) => found.key))) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const isRepeated = (key: string): boolean => (counts.get(key) ?? 0) >= repetitions;
  const seen = new Set<string>();
  const furniture = new Set<Segment>();
  for (const { page, rows } of margins) {
    for (const [index, row] of rows.entries()) {
      const found = row.segments.map((segment) => keysOf(segment, page).filter(({ key }) => isRepeated(key)));
      const isNumbered = found.some((keys) => keys.some((key) => key.isNumbered));
      const isRepeatedWhole = found.every(([literal]) => literal !== undefined) && !isTableHeader(row, rows[index + 1]);
      if (!isNumbered && !isRepeatedWhole) break;
      const place = found.map(([literal]) => literal?.key ?? '').join('|');
      if (isNumbered || seen.has(place)) for (const segment of row.segments) furniture.add(segment);
      seen.add(place);
    }
  }
  return furniture;
}
