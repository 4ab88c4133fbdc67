import type { Box } from './page-geometry.ts';

/** A stretch of one line without a wide gap: a line of a column, or one cell of a row. Frame as in `TextPiece`. */
export type Segment = {
  readonly text: string;
  readonly u0: number;
  readonly u1: number;
  /** Of the baseline. */
  readonly v: number;
  readonly size: number;
  readonly isBold: boolean;
  /** Where it lies on the page as it is shown, in points. */
  readonly box: Box;
};

/** Segments of one baseline, from left to right. */
export type Row = {
  readonly segments: readonly Segment[];
  readonly u0: number;
  readonly u1: number;
  readonly v: number;
  /** Of its largest segment. */
  readonly size: number;
};

/** The row of some segments, of which there is at least one. */
export function rowOf(segments: readonly Segment[]): Row {
  const sorted = segments.toSorted((one, other) => one.u0 - other.u0);
  return {
    segments: sorted,
    u0: Math.min(...sorted.map(({ u0 }) => u0)),
    u1: Math.max(...sorted.map(({ u1 }) => u1)),
    v: Math.max(...sorted.map(({ v }) => v)),
    size: Math.max(...sorted.map(({ size }) => size)),
  };
}

/** Puts segments that share a baseline together, from top to bottom. */
export function groupRows(segments: readonly Segment[]): readonly Row[] {
  const rows: Row[] = [];
  let open: Segment[] = [];
  for (const segment of segments.toSorted((one, other) => one.v - other.v || one.u0 - other.u0)) {
    const first = open[0];
    if (first && segment.v - first.v > 0.45 * Math.min(segment.size, first.size)) {
      rows.push(rowOf(open));
      open = [];
    }
    open.push(segment);
  }
  if (open.length > 0) rows.push(rowOf(open));
  return rows;
}
