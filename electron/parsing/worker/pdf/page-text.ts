import type { PageReading } from '../../../shared/document.ts';
import { buildSegments } from './build-segments.ts';
import type { Box, Matrix } from './page-geometry.ts';
import { linesInFrame } from './ruled-lines.ts';
import type { Segment } from './segment.ts';
import type { TextPiece } from './text-piece.ts';

/** The text of a page that runs in one direction, and the lines along it. */
export type TextDirection = {
  readonly segments: readonly Segment[];
  readonly rules: readonly Box[];
  /** A recogniser measured the type, so that its height varies from line to line. */
  readonly isMeasured: boolean;
};

/** What was read of one page, before pages are compared with each other and their text is put together. */
export type PageText = {
  readonly width: number;
  readonly height: number;
  readonly reading: PageReading;
  readonly label: string | null;
  /** From PDF's user space to points of the shown page; what the places of an outline are mapped with. */
  readonly matrix: Matrix;
  /** The page's main direction comes first. */
  readonly directions: readonly TextDirection[];
};

/** Builds segments, those of the direction with the most letters first. `lines` are the page's thin lines. */
export function textDirections(
  pieces: readonly TextPiece[],
  lines: readonly Box[],
  isMeasured: boolean,
): readonly TextDirection[] {
  const letters = (group: readonly TextPiece[]): number => group.reduce((sum, { text }) => sum + text.length, 0);
  return [...Map.groupBy(pieces, ({ angle }) => angle)]
    .toSorted(([, one], [, other]) => letters(other) - letters(one))
    .map(([angle, group]) => {
      const { rules, dividers } = linesInFrame(lines, angle);
      return { segments: buildSegments(group, dividers), rules, isMeasured };
    });
}
