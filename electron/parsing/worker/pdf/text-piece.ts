/**
 * Why a person who looks at the page does not see a text: drawn without ink (`invisible`), in the colour of what is below
 * it, see-through, under 1.5 points high, outside the page or the clipped area, or on a layer that is switched off.
 */
export type Concealment = 'invisible' | 'background-colour' | 'transparent' | 'tiny' | 'off-page' | 'layer';

/**
 * A stretch of glyphs without a gap, in the frame of its own reading direction: `u` runs along the line, `v` grows from line
 * to line, both in points. At angle 0 they are x and y of the page, from its upper left corner.
 */
export type TextPiece = {
  readonly text: string;
  /** Direction of the line on the page, clockwise in whole degrees, 0 to 359. */
  readonly angle: number;
  readonly u0: number;
  readonly u1: number;
  /** Of the baseline. */
  readonly v: number;
  /** Height of the type. */
  readonly size: number;
  readonly isBold: boolean;
  /** A space was drawn before it. */
  readonly isSpaced: boolean;
  readonly concealment: Concealment | null;
};
