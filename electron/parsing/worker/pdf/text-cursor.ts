import { AppError } from '../../../shared/app-error.ts';
import type { Colour, GraphicsState } from './graphics-state.ts';
import type { PaintedGround } from './painted-ground.ts';
import { apply, hasPoint, intersect, isEmpty, boxAround, multiply } from './page-geometry.ts';
import type { Box, Matrix } from './page-geometry.ts';
import type { Concealment, TextPiece } from './text-piece.ts';

/** A gap of this many times the type's height is a space between words, whether or not a space is drawn. */
export const wordGap = 0.13;
/** Text that is lower than this, in points, cannot be read. */
const smallestReadablePoints = 1.5;
/** Two colours that differ by less than this in red, green and blue together look the same; 765 is black on white. */
const smallestContrast = 60;
/** Pieces of one page; a page of a newspaper has about 15,000. */
const pieceLimit = 200_000;

/** A glyph of pdf.js, as far as it is used. */
type Glyph = {
  readonly unicode: string;
  readonly width: number;
  readonly isSpace: boolean;
  readonly verticalAdvance: number | null;
};

function glyphOf(value: unknown): Glyph | null {
  if (typeof value !== 'object' || value === null) return null;
  const { unicode, width, isSpace, vmetric } = value as Readonly<Record<string, unknown>>; // Every field is checked below.
  const advance: unknown = Array.isArray(vmetric) ? vmetric[0] : null;
  return {
    unicode: typeof unicode === 'string' ? unicode : '',
    width: typeof width === 'number' && Number.isFinite(width) ? width : 0,
    isSpace: isSpace === true,
    verticalAdvance: typeof advance === 'number' ? advance : null,
  };
}

const rightToLeft = /^[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const presentationForm = /[\uFB00-\uFB06\uFB13-\uFB17\uFB1D-\uFDFF\uFE70-\uFEFC]/g;

/** Ligatures and positional forms as the letters that they stand for. */
const lettersOf = (unicode: string): string => unicode.replaceAll(presentationForm, (form) => form.normalize('NFKC'));

function isSameColour(one: Colour, other: Colour): boolean {
  if (!one || !other) return false;
  return one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0) < smallestContrast;
}

/** A piece while its glyphs come. */
type OpenPiece = { text: string; readonly from: number; to: number; readonly isSpaced: boolean };

/** How the text that is shown with one instruction lies on the page. */
type Line = {
  readonly state: GraphicsState;
  /** From text space to the page. */
  readonly matrix: Matrix;
  readonly angle: number;
  readonly size: number;
};

/** Where the next glyph goes, and all pieces up to it. */
export class TextCursor {
  readonly #ground: PaintedGround;
  readonly #page: Box;
  readonly #pieces: TextPiece[] = [];
  #matrix: Matrix = [1, 0, 0, 1, 0, 0];
  #lineX = 0;
  #lineY = 0;
  #x = 0;
  #y = 0;
  #isSpaced = false;

  constructor(ground: PaintedGround, page: Box) {
    this.#ground = ground;
    this.#page = page;
  }

  moveTo(matrix: Matrix): void {
    this.#matrix = matrix;
    this.#x = this.#y = this.#lineX = this.#lineY = 0;
  }

  moveBy(x: number, y: number): void {
    this.#lineX += x;
    this.#lineY += y;
    this.#x = this.#lineX;
    this.#y = this.#lineY;
  }

  finish(): readonly TextPiece[] {
    return this.#pieces;
  }

  /** Shows glyphs and the gaps between them, and moves behind them. Throws `file/too-complex` for an endless page. */
  show(items: readonly unknown[], state: GraphicsState, isOnVisibleLayer: boolean): void {
    const { font, fontSize, fontDirection } = state;
    const matrix = multiply(state.matrix, this.#matrix);
    const along = font.isVertical ? ([-matrix[2], -matrix[3]] as const) : ([matrix[0], matrix[1]] as const);
    const acrossLength = font.isVertical ? Math.hypot(matrix[0], matrix[1]) : Math.hypot(matrix[2], matrix[3]);
    const degrees = Math.round((Math.atan2(along[1] * fontDirection, along[0] * fontDirection) * 180) / Math.PI);
    const size = fontSize * font.heightScale * acrossLength;
    const line: Line = { state, matrix, angle: (degrees + 360) % 360, size: Number.isFinite(size) ? size : 0 };
    const scale = font.isVertical ? 1 : state.horizontalScale * fontDirection;
    const gapLimit = wordGap * fontSize * font.heightScale;
    let open: OpenPiece | null = null;
    let at = 0;
    const close = (): void => {
      if (open) this.#keep(open, line, scale, isOnVisibleLayer);
      open = null;
    };
    for (const item of items) {
      if (typeof item === 'number') {
        at -= (item * fontSize) / 1000;
        continue;
      }
      const glyph = glyphOf(item);
      if (!glyph) continue;
      const spacing = (glyph.isSpace ? state.wordSpacing : 0) + state.characterSpacing;
      const width = font.isVertical ? -(glyph.verticalAdvance ?? -glyph.width) : glyph.width;
      const advance = width * fontSize * font.widthScale;
      if (glyph.unicode.trim() === '') {
        close();
        this.#isSpaced = true;
      } else {
        const current: OpenPiece | null = open;
        if (current && Math.abs(at - current.to) > gapLimit + Math.abs(state.characterSpacing)) close();
        open = this.#add(open, lettersOf(glyph.unicode), at, advance);
      }
      at += advance + spacing;
    }
    close();
    if (font.isVertical) this.#y -= at;
    else this.#x += at * scale;
  }

  #add(open: OpenPiece | null, text: string, at: number, advance: number): OpenPiece {
    if (!open) {
      const isSpaced = this.#isSpaced;
      this.#isSpaced = false;
      return { text, from: at, to: at + advance, isSpaced };
    }
    // Glyphs are drawn from left to right, whatever way they are read.
    open.text = rightToLeft.test(text) ? text + open.text : open.text + text;
    open.to = at + advance;
    return open;
  }

  #keep({ text, from, to, isSpaced }: OpenPiece, line: Line, scale: number, isOnVisibleLayer: boolean): void {
    if (this.#pieces.length >= pieceLimit) {
      throw new AppError('file/too-complex', 'A page has too many pieces of text.', { pieceLimit });
    }
    const { state, matrix, angle, size } = line;
    const at = (along: number): readonly [number, number] =>
      state.font.isVertical
        ? apply(matrix, this.#x + state.rise, this.#y - along)
        : apply(matrix, this.#x + along * scale, this.#y + state.rise);
    const start = at(from);
    const end = at(to);
    const turn = (angle * Math.PI) / 180;
    const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
    const box = boxAround([start, end]);
    if (!box) return;
    const us = [start, end].map(([x, y]) => x * cosine + y * sine);
    const middle = size * 0.3;
    const centre = [(start[0] + end[0]) / 2 + middle * sine, (start[1] + end[1]) / 2 - middle * cosine] as const;
    this.#pieces.push({
      text,
      angle,
      u0: Math.min(...us),
      u1: Math.max(...us),
      v: -start[0] * sine + start[1] * cosine,
      size,
      isBold: state.font.isBold,
      isSpaced,
      concealment: isOnVisibleLayer ? this.#concealment(line, box, centre) : 'layer',
    });
  }

  #concealment({ state, size }: Line, box: Box, [x, y]: readonly [number, number]): Concealment | null {
    const reach = { x0: box.x0 - size, y0: box.y0 - size, x1: box.x1 + size, y1: box.y1 + size };
    const isOnPage = !isEmpty(intersect(reach, state.clip)) && hasPoint(this.#page, x, y);
    if (!isOnPage) return 'off-page';
    if (state.renderMode === 3 || state.renderMode === 7) return 'invisible';
    if (size < smallestReadablePoints) return 'tiny';
    if (state.fillAlpha < 0.05) return 'transparent';
    const isFilledOnly = state.renderMode === 0 || state.renderMode === 4;
    return isFilledOnly && isSameColour(state.fill, this.#ground.colourAt(x, y)) ? 'background-colour' : null;
  }
}
