import { apply, boxAround } from './page-geometry.ts';
import type { Box, Matrix } from './page-geometry.ts';

/** A line is thinner than this, in points. */
const thickness = 2.5;

/** Lines that are drawn on a page, such as those of tables, in the frame of one reading direction (see `TextPiece`). */
export type RuledLines = {
  /** Along the text. */
  readonly rules: readonly Box[];
  /** Across it: what stands on both sides of one is not joined. */
  readonly dividers: readonly Box[];
};

/** True for a box so thin and long that it is a line. */
export function isRuledLine({ x0, y0, x1, y1 }: Box): boolean {
  const [width, height] = [x1 - x0, y1 - y0];
  return (height <= thickness && width >= 10 * thickness) || (width <= thickness && height >= 3 * thickness);
}

/** Lines of a page as they lie to text that runs at `angle`, clockwise in degrees; none for text that runs aslant. */
export function linesInFrame(lines: readonly Box[], angle: number): RuledLines {
  if (angle % 90 !== 0) return { rules: [], dividers: [] };
  const [cosine, sine] = [Math.round(Math.cos((angle * Math.PI) / 180)), Math.round(Math.sin((angle * Math.PI) / 180))];
  const frame: Matrix = [cosine, -sine, sine, cosine, 0, 0];
  const turned = lines.map(({ x0, y0, x1, y1 }) => boxAround([apply(frame, x0, y0), apply(frame, x1, y1)]));
  const boxes = turned.filter((box) => box !== null);
  return {
    rules: boxes.filter(({ y0, y1 }) => y1 - y0 <= thickness),
    dividers: boxes.filter(({ x0, x1 }) => x1 - x0 <= thickness),
  };
}
