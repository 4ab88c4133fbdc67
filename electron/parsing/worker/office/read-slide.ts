import type { XmlElement } from '../archive/xml-element.ts';
import type { XmlReader } from '../archive/xml-reader.ts';
import { readDrawingText } from './read-drawing-text.ts';
import type { DrawingTextStyle } from './read-drawing-text.ts';
import { isWhite } from '../archive/text-look.ts';

/** What stands on a slide, in the order in which it stands there. */
export type SlidePiece =
  | { readonly kind: 'title'; readonly lines: readonly string[] }
  | { readonly kind: 'text'; readonly lines: readonly string[] }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] }
  /** A chart or diagram in another part. */
  | { readonly kind: 'part'; readonly relationshipId: string };

/** What a slide is read with. Sizes are in EMU, 914,400 to an inch. */
export type SlideFrame = {
  readonly width: number;
  readonly height: number;
  /** Whether nothing but white lies behind the text, as far as master and layout tell. */
  readonly isOnWhite: boolean;
  readonly onHidden: (text: string) => void;
  readonly onPicture: () => void;
  readonly onAttachment: () => void;
};

/** Placeholders that hold the date, the number and the footer of every slide. */
const furniture = ['dt', 'ftr', 'hdr', 'sldNum'];

/** Cells of a table, and pieces of a slide, that are read. */
const cellLimit = 100_000;
const pieceLimit = 50_000;

type Placement = {
  readonly isHidden: boolean;
  readonly placeholder: string | null;
};

/** Whether a transform puts the shape wholly outside of the slide. */
function isOutside(reader: XmlReader, frame: SlideFrame): boolean {
  let [x, y, width, height] = [0, 0, 0, 0];
  for (const element of reader.children()) {
    if (element.name === 'a:off') [x, y] = [element.integer('x') ?? 0, element.integer('y') ?? 0];
    if (element.name === 'a:ext') [width, height] = [element.integer('cx') ?? 0, element.integer('cy') ?? 0];
  }
  return x >= frame.width || y >= frame.height || x + width < 0 || y + height < 0;
}

/** The `p:nv…Pr` that was opened last. */
function readPlacement(reader: XmlReader): Placement {
  let isHidden = false;
  let placeholder: string | null = null;
  for (const element of reader.children()) {
    if (element.name === 'p:cNvPr') isHidden = ['1', 'true'].includes(element.get('hidden') ?? '');
    if (element.name !== 'p:nvPr') continue;
    for (const property of reader.children()) if (property.name === 'p:ph') placeholder = property.get('type') ?? 'obj';
  }
  return { isHidden, placeholder };
}

type ShapeLook = { readonly isOutside: boolean; readonly isFilled: boolean };

/** The `p:spPr` that was opened last. */
function readShapeLook(reader: XmlReader, frame: SlideFrame): ShapeLook {
  let look: ShapeLook = { isOutside: false, isFilled: false };
  for (const element of reader.children()) {
    if (element.name === 'a:xfrm') look = { ...look, isOutside: isOutside(reader, frame) };
    else if (['a:solidFill', 'a:gradFill', 'a:blipFill', 'a:pattFill', 'a:grpFill'].includes(element.name)) {
      look = { ...look, isFilled: true };
    }
  }
  return look;
}

function* readShape(reader: XmlReader, frame: SlideFrame): Generator<SlidePiece> {
  let placement: Placement = { isHidden: false, placeholder: null };
  let look: ShapeLook = { isOutside: false, isFilled: false };
  for (const element of reader.children()) {
    if (element.name === 'p:nvSpPr') placement = readPlacement(reader);
    else if (element.name === 'p:spPr') look = readShapeLook(reader, frame);
    else if (element.name === 'p:style') look = { ...look, isFilled: true };
    else if (element.name === 'p:txBody') {
      const { placeholder } = placement;
      if (placeholder !== null && furniture.includes(placeholder)) continue;
      const isTitle = placeholder === 'title' || placeholder === 'ctrTitle';
      const isList = placeholder === 'body' || placeholder === 'obj';
      const isOnWhite = frame.isOnWhite && !look.isFilled;
      const lines = readDrawingText(reader, { isList, isOnWhite, onHidden: frame.onHidden });
      if (placement.isHidden || look.isOutside) frame.onHidden(lines.join('\n'));
      else if (lines.length > 0) yield { kind: isTitle ? 'title' : 'text', lines };
    }
  }
}

function readTable(reader: XmlReader, style: DrawingTextStyle): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let count = 0;
  for (const row of reader.children()) {
    if (row.name !== 'a:tr') continue;
    const cells: string[] = [];
    for (const cell of reader.children()) {
      if (cell.name !== 'a:tc') continue;
      let text = '';
      for (const body of reader.children()) {
        if (body.name === 'a:txBody') text = readDrawingText(reader, style).join(' ');
      }
      count += 1;
      if (count <= cellLimit) cells.push(text);
    }
    rows.push(cells);
  }
  return rows;
}

/** Tables, charts, diagrams and embedded files. */
function* readFrame(reader: XmlReader, frame: SlideFrame): Generator<SlidePiece> {
  for (const element of reader.children()) {
    switch (element.name) {
      case 'a:tbl':
        yield {
          kind: 'table',
          rows: readTable(reader, { isList: false, isOnWhite: false, onHidden: frame.onHidden }),
        };
        break;
      case 'c:chart':
        yield { kind: 'part', relationshipId: element.get('r:id') ?? '' };
        break;
      case 'dgm:relIds':
        yield { kind: 'part', relationshipId: element.get('r:dm') ?? '' };
        break;
      case 'p:oleObj':
        frame.onAttachment();
        break;
      default:
        yield* readFrame(reader, frame);
    }
  }
}

function* readPiece(element: XmlElement, reader: XmlReader, frame: SlideFrame): Generator<SlidePiece> {
  switch (element.name) {
    case 'p:sp':
      yield* readShape(reader, frame);
      break;
    case 'p:grpSp':
      // Shapes of a group are placed in the group's own measure.
      yield* readShapes(reader, { ...frame, width: Infinity, height: Infinity });
      break;
    case 'p:graphicFrame':
      yield* readFrame(reader, frame);
      break;
    case 'p:pic':
      frame.onPicture();
      break;
    case 'mc:AlternateContent':
      for (const choice of reader.children()) {
        // The second one is the same once more, for programs of before.
        yield* readShapes(reader, frame);
        if (choice.name === 'mc:Choice') break;
      }
      break;
  }
}

function* readShapes(reader: XmlReader, frame: SlideFrame): Generator<SlidePiece> {
  for (const element of reader.children()) yield* readPiece(element, reader, frame);
}

/** Whether a `p:bg` is anything but white. */
function isColoured(reader: XmlReader): boolean {
  let isPlain = false;
  for (const element of reader.children()) {
    if (element.name === 'a:srgbClr') isPlain = isWhite(element.get('val') ?? '');
    else if (element.name === 'a:schemeClr') isPlain = ['bg1', 'lt1'].includes(element.get('val') ?? '');
    else if (['p:bgPr', 'p:bgRef', 'a:solidFill'].includes(element.name)) isPlain = !isColoured(reader);
  }
  return !isPlain;
}

/**
 * Whether white letters could be seen on a slide, layout or master: it has a background of its own that is not white, or
 * a picture or a filled shape that may lie under them.
 */
export function hasBackdrop(reader: XmlReader): boolean {
  let isFound = false;
  for (const element of reader.children()) {
    if (element.name === 'p:bg') isFound ||= isColoured(reader);
    else if (element.name === 'p:pic' || element.name === 'p:style') isFound = true;
    else if (element.name === 'p:spPr') {
      for (const fill of reader.children()) if (/^a:(?:solid|grad|blip|patt)Fill$/.test(fill.name)) isFound = true;
    } else isFound = hasBackdrop(reader) || isFound;
  }
  return isFound;
}

/** What stands on the slide (or notes page) that the reader is at the beginning of. */
export function readSlide(reader: XmlReader, frame: SlideFrame): readonly SlidePiece[] {
  const pieces: SlidePiece[] = [];
  for (const _slide of reader.children()) {
    for (const common of reader.children()) {
      if (common.name !== 'p:cSld') continue;
      for (const tree of reader.children()) {
        if (tree.name !== 'p:spTree') continue;
        for (const piece of readShapes(reader, frame)) {
          pieces.push(piece);
          if (pieces.length >= pieceLimit) return pieces;
        }
      }
    }
  }
  return pieces;
}
