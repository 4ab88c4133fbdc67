import type { Box } from './page-geometry.ts';
import type { TextPiece } from './text-piece.ts';

/** What is drawn on one page, in points from the upper left corner of the page as it is shown. */
export type PageMarks = {
  readonly width: number;
  readonly height: number;
  /** In the order in which they are drawn. */
  readonly pieces: readonly TextPiece[];
  /** Where pictures lie. */
  readonly images: readonly Box[];
  /** Thin lines, such as those of tables. */
  readonly lines: readonly Box[];
  /** Filled or stroked paths: text that was turned into outlines has hundreds. */
  readonly pathCount: number;
};
