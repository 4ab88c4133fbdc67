import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { PaintedGround } from './painted-ground.ts';
import { endlessBox, intersect, mapBox, multiply } from './page-geometry.ts';
import type { Box, Matrix } from './page-geometry.ts';
import type { PageMarks } from './page-marks.ts';
import { initialState } from './graphics-state.ts';
import type { Colour, FontMetrics, GraphicsState } from './graphics-state.ts';
import { TextCursor } from './text-cursor.ts';

/** A page's drawing instructions, as pdf.js lists them, and what is needed to follow them. */
export type PageDrawing = {
  readonly operators: readonly number[];
  /** The arguments of each; anything, for the document decides. */
  readonly operands: readonly unknown[];
  /** From user space to points of the page as it is shown. */
  readonly matrix: Matrix;
  readonly width: number;
  readonly height: number;
  readonly fontOf: (id: string) => FontMetrics;
  readonly isLayerVisible: (properties: unknown) => boolean;
};

/** Deeper nesting is not drawn by anybody. */
const stackLimit = 1_000;

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : ArrayBuffer.isView(value) && value instanceof Float32Array ? [...value] : [];
const numberOf = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

function matrixOf(value: unknown): Matrix | null {
  const list = listOf(value);
  if (list.length < 6) return null;
  const [a, b, c, d, e, f] = list.map(numberOf);
  return [a ?? 0, b ?? 0, c ?? 0, d ?? 0, e ?? 0, f ?? 0];
}

function boxOf(value: unknown): Box | null {
  const list = listOf(value);
  if (list.length < 4) return null;
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = list.map(numberOf);
  return { x0: Math.min(x0, x1), y0: Math.min(y0, y1), x1: Math.max(x0, x1), y1: Math.max(y0, y1) };
}

function colourOf(value: unknown): Colour {
  const hex = typeof value === 'string' ? /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(value) : null;
  return hex ? [Number(`0x${hex[1]}`), Number(`0x${hex[2]}`), Number(`0x${hex[3]}`)] : null;
}

const fillingOperators: ReadonlySet<number> = new Set([
  OPS.fill,
  OPS.eoFill,
  OPS.fillStroke,
  OPS.eoFillStroke,
  OPS.closeFillStroke,
  OPS.closeEOFillStroke,
]);
const imageOperators: ReadonlySet<number> = new Set([
  OPS.paintImageXObject,
  OPS.paintInlineImageXObject,
  OPS.paintImageXObjectRepeat,
  OPS.paintInlineImageXObjectGroup,
  OPS.paintImageMaskXObject,
  OPS.paintImageMaskXObjectGroup,
  OPS.paintImageMaskXObjectRepeat,
]);

/** Follows a page's instructions without drawing: state, nesting, clips and layers. */
class PageInterpreter {
  readonly #drawing: PageDrawing;
  readonly #page: Box;
  readonly #stack: GraphicsState[] = [];
  readonly #ground = new PaintedGround();
  readonly #images: Box[] = [];
  readonly #layers: boolean[] = [];
  readonly #text: TextCursor;
  #pathCount = 0;
  #isClipPending = false;
  #state: GraphicsState;

  constructor(drawing: PageDrawing) {
    this.#drawing = drawing;
    this.#page = { x0: 0, y0: 0, x1: drawing.width, y1: drawing.height };
    this.#state = initialState(drawing.matrix, this.#page);
    this.#text = new TextCursor(this.#ground, this.#page);
  }

  run(): PageMarks {
    const { operators, operands, width, height } = this.#drawing;
    for (const [index, operator] of operators.entries()) this.#follow(operator, listOf(operands[index]));
    const { lines } = this.#ground;
    const pieces = this.#text.finish();
    return { width, height, pieces, images: this.#images, lines, pathCount: this.#pathCount };
  }

  #follow(operator: number, operands: readonly unknown[]): void {
    if (this.#followText(operator, operands)) return;
    const [first, second] = operands;
    if (imageOperators.has(operator)) return this.#paintImage();
    switch (operator) {
      case OPS.save:
      case OPS.beginGroup:
        return this.#save();
      case OPS.restore:
      case OPS.endGroup:
      case OPS.paintFormXObjectEnd:
        return this.#restore();
      case OPS.transform:
        return this.#transform(matrixOf(operands));
      case OPS.paintFormXObjectBegin:
        this.#save();
        this.#transform(matrixOf(first));
        return this.#clipTo(boxOf(second));
      case OPS.beginAnnotation:
        return this.#beginAnnotation(operands);
      case OPS.setGState:
        return this.#setMany(listOf(first));
      case OPS.clip:
      case OPS.eoClip:
        this.#isClipPending = true;
        return;
      case OPS.constructPath:
        return this.#paintPath(numberOf(first), boxOf(operands[2]));
      case OPS.shadingFill:
        return this.#ground.paint(this.#state.clip, null);
      case OPS.setFillRGBColor:
        this.#state.fill = colourOf(first);
        return;
      case OPS.setFillColorN:
        this.#state.fill = null;
        return;
      case OPS.beginMarkedContent:
        return void this.#layers.push(true);
      case OPS.beginMarkedContentProps:
        return void this.#layers.push(first !== 'OC' || this.#drawing.isLayerVisible(second));
      case OPS.endMarkedContent:
        return void this.#layers.pop();
    }
  }

  /** True for an instruction of text. */
  #followText(operator: number, operands: readonly unknown[]): boolean {
    const [first, second] = operands;
    const state = this.#state;
    switch (operator) {
      case OPS.beginText:
        this.#text.moveTo([1, 0, 0, 1, 0, 0]);
        return true;
      case OPS.setTextMatrix:
        this.#text.moveTo(matrixOf(first) ?? matrixOf(operands) ?? [1, 0, 0, 1, 0, 0]);
        return true;
      case OPS.setLeadingMoveText:
        state.leading = numberOf(second);
        this.#text.moveBy(numberOf(first), numberOf(second));
        return true;
      case OPS.moveText:
        this.#text.moveBy(numberOf(first), numberOf(second));
        return true;
      case OPS.nextLine:
        this.#text.moveBy(0, state.leading);
        return true;
      case OPS.showText:
      case OPS.showSpacedText:
        this.#text.show(listOf(first), state, this.#layers.every(Boolean));
        return true;
      case OPS.setFont:
        this.#setFont(first, second);
        return true;
      case OPS.setCharSpacing:
        state.characterSpacing = numberOf(first);
        return true;
      case OPS.setWordSpacing:
        state.wordSpacing = numberOf(first);
        return true;
      case OPS.setHScale:
        state.horizontalScale = numberOf(first) / 100;
        return true;
      case OPS.setLeading:
        state.leading = -numberOf(first);
        return true;
      case OPS.setTextRise:
        state.rise = numberOf(first);
        return true;
      case OPS.setTextRenderingMode:
        state.renderMode = numberOf(first);
        return true;
      default:
        return false;
    }
  }

  #save(): void {
    if (this.#stack.length < stackLimit) this.#stack.push({ ...this.#state });
  }

  #restore(): void {
    this.#state = this.#stack.pop() ?? this.#state;
  }

  #transform(matrix: Matrix | null): void {
    if (matrix) this.#state.matrix = multiply(this.#state.matrix, matrix);
  }

  #clipTo(box: Box | null): void {
    const clip = box && mapBox(this.#state.matrix, box);
    if (clip) this.#state.clip = intersect(this.#state.clip, clip);
  }

  #beginAnnotation(operands: readonly unknown[]): void {
    this.#stack.length = 0;
    this.#state = initialState(this.#drawing.matrix, this.#page);
    this.#clipTo(boxOf(operands[1]));
    this.#transform(matrixOf(operands[2]));
    this.#transform(matrixOf(operands[3]));
  }

  #setMany(entries: readonly unknown[]): void {
    for (const [key, value] of entries.map(listOf)) {
      if (key === 'ca') this.#state.fillAlpha = numberOf(value);
      if (key === 'Font') this.#setFont(listOf(value)[0], listOf(value)[1]);
    }
  }

  #setFont(id: unknown, size: unknown): void {
    const fontSize = numberOf(size);
    this.#state.fontSize = Math.abs(fontSize);
    this.#state.fontDirection = fontSize < 0 ? -1 : 1;
    if (typeof id === 'string') this.#state.font = this.#drawing.fontOf(id);
  }

  #paintPath(operator: number, extent: Box | null): void {
    const box = extent && mapBox(this.#state.matrix, extent);
    const visible = box && intersect(box, this.#state.clip);
    if (this.#isClipPending)
      this.#state.clip = visible ?? intersect(this.#state.clip, { ...endlessBox, x1: -Infinity });
    this.#isClipPending = false;
    if (operator === OPS.endPath || !visible || !this.#layers.every(Boolean)) return;
    this.#pathCount += 1;
    if (fillingOperators.has(operator) && this.#state.fillAlpha > 0.5) this.#ground.paint(visible, this.#state.fill);
    this.#ground.noteLine(visible);
  }

  #paintImage(): void {
    const box = mapBox(this.#state.matrix, { x0: 0, y0: 0, x1: 1, y1: 1 });
    if (!box || !this.#layers.every(Boolean)) return;
    const visible = intersect(box, this.#state.clip);
    this.#images.push(visible);
    this.#ground.paint(visible, null);
  }
}

/** Finds out where a page's text, pictures and rules lie, and which text is not to be seen. */
export function interpretPage(drawing: PageDrawing): PageMarks {
  return new PageInterpreter(drawing).run();
}
