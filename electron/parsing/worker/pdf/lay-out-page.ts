import { findTables, isListRow } from './find-tables.ts';
import type { BlockLine, LineEnd, PageBlock } from './page-block.ts';
import type { TextDirection } from './page-text.ts';
import { groupRows } from './segment.ts';
import type { Row, Segment } from './segment.ts';
import { splitColumns } from './split-columns.ts';

const listItem = /^(?:[•◦▪‣∙·*–—-]\s|[([]?(?:\d{1,3}|[a-zA-Z]|[ivxlc]{1,6})[.)\]]\s|\d+(?:\.\d+)+\.?\s)/u;

const firstText = (row: Row): string => row.segments.map(({ text }) => text).join(' ');
const isBold = (row: Row): boolean => row.segments.every((segment) => segment.isBold);

/** Distance from line to line in this region, as a multiple of the type's height. */
function usualLeading(rows: readonly Row[]): number {
  const ratios = rows
    .slice(1)
    .map((row, index) => (row.v - (rows[index]?.v ?? 0)) / row.size)
    .filter((ratio) => ratio > 0.8 && ratio < 2.6)
    .toSorted((one, other) => one - other);
  return ratios[Math.floor(ratios.length * 0.4)] ?? 1.2;
}

/** Width of a row's first word, with the space before it. */
function firstWordWidth(row: Row): number {
  const [segment] = row.segments;
  if (!segment) return 0;
  const word = /^\S+/.exec(segment.text)?.[0] ?? '';
  return ((segment.u1 - segment.u0) * (word.length + 1)) / Math.max(1, segment.text.length);
}

/** What a region's lines have in common: distance as a multiple of the type's height, left edge, how far heights of one style differ. */
type Column = { readonly leading: number; readonly left: number; readonly sizeTolerance: number };

/** True where a new paragraph begins with `row`. */
function startsParagraph(row: Row, before: Row, { leading, left, sizeTolerance }: Column): boolean {
  const size = Math.max(row.size, before.size);
  const ratio = (row.v - before.v) / size;
  if (ratio > leading * 1.22 + 0.05) return true;
  if (Math.abs(row.size - before.size) > sizeTolerance * size) return true;
  if (isBold(row) !== isBold(before) && (isBold(before) || row.segments.length === 1)) return true;
  const isIndented = row.u0 - left > 0.8 * row.size && before.u0 - left < 0.4 * row.size;
  return isIndented && row.u0 - left < 4 * row.size && !listItem.test(firstText(before));
}

/** What ends `row`, given the row after it: the words only wrapped if the next one had not fitted. */
function lineEnd(row: Row, next: Row, left: number, right: number): LineEnd {
  if (isListRow(row) || isListRow(next) || listItem.test(firstText(next))) return 'line';
  if (row.u1 + firstWordWidth(next) > right - 0.4 * row.size) return 'wrap';
  // A paragraph that is set narrower than the others still fills most of the width.
  const isLong = row.u1 - left > 0.7 * (right - left);
  return isLong && /[\p{L},]$/u.test(firstText(row)) && /^\p{Ll}/u.test(firstText(next)) ? 'wrap' : 'line';
}

function textBlocks(rows: readonly Row[], isMeasured: boolean): readonly PageBlock[] {
  if (rows.length === 0) return [];
  const left = Math.min(...rows.map(({ u0 }) => u0));
  const column: Column = { leading: usualLeading(rows), left, sizeTolerance: isMeasured ? 0.3 : 0.12 };
  const right = Math.max(...rows.map(({ u1 }) => u1));
  const blocks: PageBlock[] = [];
  let lines: BlockLine[] = [];
  for (const [index, row] of rows.entries()) {
    const next = rows[index + 1];
    const isLast = !next || startsParagraph(next, row, column);
    lines.push({ cells: [row.segments], end: next && !isLast ? lineEnd(row, next, left, right) : 'line' });
    if (!isLast) continue;
    blocks.push({ kind: 'text', lines });
    lines = [];
  }
  return blocks;
}

function* regionBlocks(region: readonly Segment[], { rules, isMeasured }: TextDirection): Generator<PageBlock> {
  const rows = groupRows(region);
  let at = 0;
  for (const { from, to, lines } of findTables(rows, rules)) {
    yield* textBlocks(rows.slice(at, from), isMeasured);
    yield { kind: 'table', lines: lines.map((cells) => ({ cells, end: 'line' })) };
    at = to;
  }
  yield* textBlocks(rows.slice(at), isMeasured);
}

/** True where a sentence goes on from the foot of one column to the head of the next. */
function goesOn(block: PageBlock | undefined, next: PageBlock): block is PageBlock {
  if (block?.kind !== 'text' || next.kind !== 'text') return false;
  const last = block.lines.at(-1)?.cells.at(-1)?.at(-1);
  const first = next.lines[0]?.cells[0]?.[0];
  if (!last || !first) return false;
  const isOpen = /[\p{L},\-\u2010\u00AD]$/u.test(last.text) && /^\p{Ll}/u.test(first.text);
  return isOpen && last.isBold === first.isBold && Math.abs(last.size - first.size) < 0.1 * last.size;
}

/** Puts segments of one direction in the order in which they are read. */
export function layOutSegments(direction: TextDirection): readonly PageBlock[] {
  const blocks: PageBlock[] = [];
  for (const region of splitColumns(direction.segments)) {
    const [head, ...rest] = regionBlocks(region, direction);
    if (!head) continue;
    const before = blocks.at(-1);
    if (goesOn(before, head)) {
      const lines = before.lines.map((line, index) =>
        index === before.lines.length - 1 ? ({ ...line, end: 'wrap' } as const) : line,
      );
      blocks[blocks.length - 1] = { kind: 'text', lines: [...lines, ...head.lines] };
    } else blocks.push(head);
    blocks.push(...rest);
  }
  return blocks;
}
