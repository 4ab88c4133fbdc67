import { constants, inflateSync } from 'node:zlib';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import UTIF from 'utif2';
import { AppError } from '../../../shared/app-error.ts';
import { releaseCanvas } from '../pdf/render-page.ts';
import { readImageHeader } from './image-header.ts';
import { assertPixels } from './open-image.ts';
import { startReducedPage } from './reduced-page.ts';
import type { ReducedPage } from './reduced-page.ts';
import { tiffTags } from './tiff-directories.ts';
import type { TiffDirectory } from './tiff-directories.ts';
import { layOutTiff } from './tiff-layout.ts';
import type { TiffLayout, TiffPiece } from './tiff-layout.ts';

/** What JPEG is called in a TIFF, and what it was called before 1995. */
const [jpeg, oldJpeg] = [7, 6];
/** Deflate has two numbers, one of which was never registered. */
const deflates: readonly number[] = [8, 32_946];
/** What some writers put behind the last row. */
const slackBytes = 4_096;
/** Rows that are made colours at a time, so that no page is in memory as a whole. */
const bandRows = 64;

const [rgb, cmyk] = [2, 5];

/** Tells a reader of JPEG that three colours are red, green and blue (Adobe's marker APP14, without a transform). */
const plainColours = Buffer.from('ffee000e41646f626500640000000000', 'hex');

const damaged = (): AppError => new AppError('file/damaged', 'A page of the TIFF cannot be unpacked.');

/** A JPEG of its own out of what stands in a strip or tile and the tables that all of them share. */
function wholeJpeg(piece: Buffer, directory: TiffDirectory, layout: TiffLayout): Buffer {
  const tables = Buffer.from(directory.get(tiffTags.jpegTables) ?? []);
  const shared = tables.length > 4 ? tables.subarray(2, -2) : Buffer.alloc(0);
  const colours = layout.colours === rgb && layout.samples === 3 ? plainColours : Buffer.alloc(0);
  return Buffer.concat([Buffer.from([0xff, 0xd8]), colours, shared, piece.subarray(2)]);
}

async function drawJpeg(context: SKRSContext2D, jpegBytes: Buffer, x: number, y: number): Promise<void> {
  const header = readImageHeader(jpegBytes);
  if (header?.kind !== 'jpeg') throw damaged();
  assertPixels(header, '');
  context.drawImage(await loadImage(jpegBytes), x, y);
}

async function drawJpegs(bytes: Buffer, directory: TiffDirectory, layout: TiffLayout): Promise<Canvas> {
  const { reduction, width, height, compression, pieces } = layout;
  const { canvas, context } = whiteCanvas(Math.ceil(width / reduction), Math.ceil(height / reduction));
  context.scale(1 / reduction, 1 / reduction);
  context.imageSmoothingQuality = 'high';
  if (compression === oldJpeg) {
    const [start, length] = [directory.get(tiffTags.jpegOffset)?.[0], directory.get(tiffTags.jpegLength)?.[0]];
    if (start === undefined) throw new AppError('file/unsupported-format', 'An old TIFF.', { format: 'TIFF' });
    await drawJpeg(context, bytes.subarray(start, length === undefined ? undefined : start + length), 0, 0);
    return canvas;
  }
  for (const { start, length, x, y } of pieces) {
    await drawJpeg(context, wholeJpeg(bytes.subarray(start, start + length), directory, layout), x, y);
  }
  return canvas;
}

function drawPieces(bytes: Buffer, directory: TiffDirectory, layout: TiffLayout): Canvas {
  const page = startReducedPage(layout.width, layout.height, layout.reduction);
  for (const piece of layout.pieces) addPiece(page, bytes, directory, layout, piece);
  return page.draw();
}

/** Where the pieces of a page are. */
const placeTags: ReadonlySet<number> = new Set([
  tiffTags.stripOffsets,
  tiffTags.stripLengths,
  tiffTags.tileWidth,
  tiffTags.tileHeight,
  tiffTags.tileOffsets,
  tiffTags.tileLengths,
]);

/** Tags of a piece as if it were a page, in the names that the library gives to them. */
function tagsOf(directory: TiffDirectory, { width, height }: TiffPiece): Readonly<Record<string, number[]>> {
  const kept = [...directory].filter(([tag]) => !placeTags.has(tag));
  return {
    ...Object.fromEntries(kept.map(([tag, values]) => [`t${tag}`, [...values]])),
    [`t${tiffTags.width}`]: [width],
    [`t${tiffTags.height}`]: [height],
    [`t${tiffTags.rowsPerStrip}`]: [height],
  };
}

/** A strip or tile without deflate around it, which is undone here because here it has a bound. */
function withoutDeflate(packed: Buffer, { bitsPerPixel }: TiffLayout, piece: TiffPiece): Buffer {
  const expectedBytes = Math.ceil((piece.width * bitsPerPixel) / 8) * piece.height;
  // What is cut off in mid-stream gives the rows that are there.
  return inflateSync(packed, { maxOutputLength: expectedBytes + slackBytes, finishFlush: constants.Z_SYNC_FLUSH });
}

/** Unpacks a strip or tile, behind a head of its own, so that the library sees nothing else of the file. */
function unpack(bytes: Buffer, directory: TiffDirectory, layout: TiffLayout, piece: TiffPiece): Uint8Array {
  const head = bytes.subarray(0, 8);
  const packed = bytes.subarray(piece.start, piece.start + piece.length);
  const isDeflated = deflates.includes(layout.compression);
  const rest = isDeflated ? withoutDeflate(packed, layout, piece) : packed;
  const page = {
    ...tagsOf(directory, piece),
    ...(isDeflated && { [`t${tiffTags.compression}`]: [1] }),
    [`t${tiffTags.stripOffsets}`]: [head.length],
    [`t${tiffTags.stripLengths}`]: [rest.length],
  } as unknown as UTIF.IFD; // What its type has beside the tags is what the call fills in.
  // A buffer of its own, because parts of the library look at what lies behind the view.
  UTIF.decodeImage(new Uint8Array(Buffer.concat([head, rest])).buffer, page);
  if (!(page.data instanceof Uint8Array)) throw damaged();
  return page.data;
}

/** Red, green and blue of inks, as the primary colours of light mix: near enough to read by. */
function fromInks(data: Uint8Array, samples: number, colours: Uint8Array): void {
  for (let pixel = 0; pixel * 4 < colours.length; pixel += 1) {
    const at = pixel * samples;
    const light = 255 - (data[at + 3] ?? 0);
    for (let ink = 0; ink < 3; ink += 1) colours[pixel * 4 + ink] = ((255 - (data[at + ink] ?? 0)) * light) / 255;
    colours[pixel * 4 + 3] = 255;
  }
}

function coloursOf(data: Uint8Array, directory: TiffDirectory, layout: TiffLayout, band: TiffPiece): Uint8Array {
  if (layout.colours !== cmyk) {
    return UTIF.toRGBA8({ ...tagsOf(directory, band), width: band.width, height: band.height, data });
  }
  const colours = new Uint8Array(band.width * band.height * 4);
  fromInks(data, layout.samples, colours);
  return colours;
}

function addPiece(
  page: ReducedPage,
  bytes: Buffer,
  directory: TiffDirectory,
  layout: TiffLayout,
  piece: TiffPiece,
): void {
  const data = unpack(bytes, directory, layout, piece);
  const rowBytes = Math.ceil((piece.width * layout.bitsPerPixel) / 8);
  for (let top = 0; top < piece.height; top += bandRows) {
    const band = { ...piece, y: piece.y + top, height: Math.min(bandRows, piece.height - top) };
    const rows = data.slice(top * rowBytes, (top + band.height) * rowBytes);
    page.add({ ...band, colours: coloursOf(rows, directory, layout, band) });
  }
}

function whiteCanvas(width: number, height: number): { readonly canvas: Canvas; readonly context: SKRSContext2D } {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  return { canvas, context };
}

/** How a page lies is turned: the columns of the transform for each value of the tag (TIFF 6.0, Orientation). */
const turns: ReadonlyMap<number, readonly [number, number, number, number]> = new Map([
  [2, [-1, 0, 0, 1]],
  [3, [-1, 0, 0, -1]],
  [4, [1, 0, 0, -1]],
  [5, [0, 1, 1, 0]],
  [6, [0, 1, -1, 0]],
  [7, [0, -1, -1, 0]],
  [8, [0, -1, 1, 0]],
]);

/** The page upright, with square pixels: faxes have half as many rows to the inch as columns. */
function setRight(drawn: Canvas, { orientation, stretchX, stretchY }: TiffLayout): Canvas {
  const turn = turns.get(orientation);
  if (turn === undefined && stretchX === 1 && stretchY === 1) return drawn;
  const [a, b, c, d] = turn ?? [1, 0, 0, 1];
  const [wide, high] = [Math.round(drawn.width * stretchX), Math.round(drawn.height * stretchY)];
  const isOnSide = a === 0;
  const { canvas, context } = whiteCanvas(isOnSide ? high : wide, isOnSide ? wide : high);
  const shiftX = a + c < 0 ? canvas.width : 0;
  const shiftY = b + d < 0 ? canvas.height : 0;
  context.setTransform(a, b, c, d, shiftX, shiftY);
  context.drawImage(drawn, 0, 0, wide, high);
  releaseCanvas(drawn);
  return canvas;
}

/**
 * Draws one page of a TIFF on white: black and white as faxes are packed (CCITT 2, 3 and 4), LZW, deflate, PackBits, JPEG,
 * in strips or tiles. Throws AppError `file/damaged`, `file/too-complex`, `file/unsupported-format`.
 */
export async function drawTiffPage(bytes: Buffer, directory: TiffDirectory, name: string): Promise<Canvas> {
  const layout = layOutTiff(bytes.length, directory, name);
  try {
    const isJpeg = layout.compression === jpeg || layout.compression === oldJpeg;
    const drawn = isJpeg ? await drawJpegs(bytes, directory, layout) : drawPieces(bytes, directory, layout);
    return setRight(drawn, layout);
  } catch (error) {
    throw AppError.isInstance(error) ? error : Object.assign(damaged(), { cause: error });
  }
}
