import type { Box, Matrix } from './page-geometry.ts';

/** The font that text is shown in, as far as positions need it. */
export type FontMetrics = {
  /** Text space units per glyph unit, mostly 0.001. */
  readonly widthScale: number;
  /** Height of the type for a font size of 1. */
  readonly heightScale: number;
  readonly isVertical: boolean;
  readonly isBold: boolean;
};

/** A colour of red, green and blue from 0 to 255; null where it is a pattern or a picture, which may look like anything. */
export type Colour = readonly [number, number, number] | null;

/** The part of PDF's graphics and text state that decides where text lies and whether it is seen. */
export type GraphicsState = {
  /** From user space to points of the shown page. */
  matrix: Matrix;
  clip: Box;
  fill: Colour;
  fillAlpha: number;
  font: FontMetrics;
  fontSize: number;
  /** 1, or -1 for a negative font size. */
  fontDirection: number;
  characterSpacing: number;
  wordSpacing: number;
  horizontalScale: number;
  leading: number;
  rise: number;
  /** PDF's Tr: 0 fill, 1 stroke, 2 both, 3 nothing, 4 to 7 the same and clip. */
  renderMode: number;
};

const plainFont: FontMetrics = { widthScale: 0.001, heightScale: 1, isVertical: false, isBold: false };

/** The state in which a page begins. */
export function initialState(matrix: Matrix, clip: Box): GraphicsState {
  return {
    matrix,
    clip,
    fill: [0, 0, 0],
    fillAlpha: 1,
    font: plainFont,
    fontSize: 0,
    fontDirection: 1,
    characterSpacing: 0,
    wordSpacing: 0,
    horizontalScale: 1,
    leading: 0,
    rise: 0,
    renderMode: 0,
  };
}
