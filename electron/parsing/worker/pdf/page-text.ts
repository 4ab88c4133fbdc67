import type { PageReading } from '../../../shared/document.ts';
import { buildSegments } from './build-segments.ts';
import type { Box, Matrix } from './page-geometry.ts';
import type { Segment } from './segment.ts';
import type { TextPiece } from './text-piece.ts';

/** What was read of one page, before pages are compared with each other and their text is put together. */
export type PageText = {
  readonly width: number;
  readonly height: number;
  readonly reading: PageReading;
  readonly label: string | null;
  /** From PDF's user space to points of the shown page; what the places of an outline are mapped with. */
  readonly matrix: Matrix;
  /** Segments by direction; the page's main direction comes first. */
  readonly directions: readonly (readonly Segment[])[];
  readonly rules: readonly Box[];
};

/** Builds segments, those of the direction with the most letters first. */
export function segmentsByDirection(pieces: readonly TextPiece[]): readonly (readonly Segment[])[] {
  const letters = (group: readonly TextPiece[]): number => group.reduce((sum, { text }) => sum + text.length, 0);
  return [...Map.groupBy(pieces, ({ angle }) => angle).values()]
    .toSorted((one, other) => letters(other) - letters(one))
    .map(buildSegments);
}
