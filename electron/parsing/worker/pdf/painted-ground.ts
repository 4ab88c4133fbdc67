import type { Colour } from './graphics-state.ts';
import { areaOf, hasPoint, isEmpty } from './page-geometry.ts';
import type { Box } from './page-geometry.ts';

/** Areas that are remembered; a page of more is a drawing, on which no text of one colour hides for long. */
const areaLimit = 2_000;
const ruleLimit = 2_000;
/** A line is thinner than this, in points, and longer than ten times that. */
const ruleThickness = 2.5;

/** What has been painted on the page so far, to tell the colour below a text. */
export class PaintedGround {
  readonly #areas: { readonly box: Box; readonly colour: Colour }[] = [];
  readonly rules: Box[] = [];

  /** `colour` null for what may look like anything. */
  paint(box: Box, colour: Colour): void {
    if (isEmpty(box) || areaOf(box) < 4) return;
    this.#areas.push({ box, colour });
    if (this.#areas.length > areaLimit) this.#areas.shift();
  }

  noteRule(box: Box): void {
    const isThin = box.y1 - box.y0 <= ruleThickness && box.x1 - box.x0 >= 10 * ruleThickness;
    if (isThin && this.rules.length < ruleLimit) this.rules.push(box);
  }

  /** The colour at a point; paper is white. */
  colourAt(x: number, y: number): Colour {
    const area = this.#areas.findLast(({ box }) => hasPoint(box, x, y));
    return area === undefined ? [255, 255, 255] : area.colour;
  }
}
