import type { Colour } from './graphics-state.ts';
import { areaOf, hasPoint, isEmpty } from './page-geometry.ts';
import type { Box } from './page-geometry.ts';
import { isRuledLine } from './ruled-lines.ts';

/** Areas that are remembered; a page of more is a drawing, on which no text of one colour hides for long. */
const areaLimit = 2_000;
const lineLimit = 2_000;

/** What has been painted on the page so far, to tell the colour below a text. */
export class PaintedGround {
  readonly #areas: { readonly box: Box; readonly colour: Colour }[] = [];
  readonly lines: Box[] = [];

  /** `colour` null for what may look like anything. */
  paint(box: Box, colour: Colour): void {
    if (isEmpty(box) || areaOf(box) < 4) return;
    this.#areas.push({ box, colour });
    if (this.#areas.length > areaLimit) this.#areas.shift();
  }

  noteLine(box: Box): void {
    if (isRuledLine(box) && this.lines.length < lineLimit) this.lines.push(box);
  }

  /** The colour at a point; paper is white. */
  colourAt(x: number, y: number): Colour {
    const area = this.#areas.findLast(({ box }) => hasPoint(box, x, y));
    return area === undefined ? [255, 255, 255] : area.colour;
  }
}
