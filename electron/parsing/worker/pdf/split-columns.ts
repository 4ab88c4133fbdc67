import { groupRows } from './segment.ts';
import type { Segment } from './segment.ts';

/** Half of the narrowest gutter between two columns of text, in points. */
const halfGutter = 3.2;
/** Lines that make a column. */
const columnLines = 4;
/** A column of text is at least this many times its type's height wide: about 14 letters. */
const columnWidth = 7;
const depthLimit = 12;

type Split = { readonly left: readonly Segment[]; readonly right: readonly Segment[] };

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((one, other) => one - other)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? 0;

/** True for lines of running text, most of which fill their column; false for the cells of a table. */
function isColumn(segments: readonly Segment[]): boolean {
  if (new Set(segments.map(({ v }) => Math.round(v))).size < columnLines) return false;
  const widths = groupRows(segments).flatMap((row) => row.segments.map(({ u0, u1 }) => u1 - u0));
  const full = quantile(widths, 0.9);
  const size = quantile(
    segments.map((segment) => segment.size),
    0.5,
  );
  const filled = widths.filter((width) => width > 0.7 * full).length;
  return full > columnWidth * size && filled >= 0.4 * widths.length;
}

/** True where two groups lie beside each other rather than below each other. */
function isBeside(left: readonly Segment[], right: readonly Segment[]): boolean {
  const range = (segments: readonly Segment[]): readonly [number, number] => [
    Math.min(...segments.map(({ v }) => v)),
    Math.max(...segments.map(({ v }) => v)),
  ];
  const [leftTop, leftBottom] = range(left);
  const [rightTop, rightBottom] = range(right);
  const shared = Math.min(leftBottom, rightBottom) - Math.max(leftTop, rightTop);
  return shared > 0.4 * Math.min(leftBottom - leftTop, rightBottom - rightTop);
}

/** The longest stretch of lines that a gutter at `x` does not cut through, by the number of segments in it. */
function longestSplit(sorted: readonly Segment[], x: number): Split | null {
  let best: Split | null = null;
  let left: Segment[] = [];
  let right: Segment[] = [];
  const close = (): void => {
    if (left.length >= columnLines && right.length >= columnLines) {
      if (!best || left.length + right.length > best.left.length + best.right.length) best = { left, right };
    }
    left = [];
    right = [];
  };
  for (const segment of sorted) {
    if (segment.u1 <= x - halfGutter) left.push(segment);
    else if (segment.u0 >= x + halfGutter) right.push(segment);
    else close();
  }
  close();
  return best;
}

/** The best place for a gutter, if the segments stand in columns. */
function findSplit(sorted: readonly Segment[]): Split | null {
  const u0 = Math.min(...sorted.map((segment) => segment.u0));
  const u1 = Math.max(...sorted.map((segment) => segment.u1));
  const width = u1 - u0;
  let best: Split | null = null;
  const step = Math.max(2, width / 400);
  for (let x = u0 + 0.15 * width; x <= u1 - 0.15 * width; x += step) {
    const split = longestSplit(sorted, x);
    const isBetter =
      split && split.left.length + split.right.length > (best ? best.left.length + best.right.length : 0);
    if (isBetter && isBeside(split.left, split.right) && isColumn(split.left) && isColumn(split.right)) best = split;
  }
  return best;
}

/**
 * Splits segments into regions that are read one after the other: what spans the page, then each column from top to
 * bottom, then what follows below.
 */
export function splitColumns(segments: readonly Segment[], depth = 0): readonly (readonly Segment[])[] {
  if (segments.length < 2 * columnLines || depth > depthLimit) return segments.length > 0 ? [segments] : [];
  const sorted = segments.toSorted((one, other) => one.v - other.v);
  const split = findSplit(sorted);
  if (!split) return [segments];
  const taken = new Set([...split.left, ...split.right]);
  const top = Math.min(...[...taken].map(({ v }) => v));
  const rest = sorted.filter((segment) => !taken.has(segment));
  return [rest.filter(({ v }) => v < top), split.left, split.right, rest.filter(({ v }) => v >= top)].flatMap((part) =>
    splitColumns(part, depth + 1),
  );
}
