import { AppError } from '../../../shared/app-error.ts';
import { assertPixels } from './open-image.ts';
import { tiffTags } from './tiff-directories.ts';
import type { TiffDirectory } from './tiff-directories.ts';

/** A strip or tile: where its bytes are in the file, and where its pixels are on the page. A tile may reach beyond the page. */
export type TiffPiece = {
  readonly start: number;
  readonly length: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** How a page of a TIFF is made up, all of it checked against the file's length. */
export type TiffLayout = {
  readonly width: number;
  readonly height: number;
  readonly compression: number;
  /** What its numbers mean: 0 and 1 grey, 2 red, green and blue, 3 a palette, 5 inks, 6 luminance and two chrominances. */
  readonly colours: number;
  readonly samples: number;
  readonly bitsPerPixel: number;
  readonly pieces: readonly TiffPiece[];
  /** So many pixels of a row, and of a column, are drawn as one. */
  readonly reduction: number;
  /** 1 to 8, 1 as it is to be read. */
  readonly orientation: number;
  /** By how much a side is drawn longer so that pixels are square; 1 or more. */
  readonly stretchX: number;
  readonly stretchY: number;
  /** Points for a pixel of the page as it is drawn. */
  readonly pointsPerPixel: number;
};

/** None, the three of faxes, LZW, old JPEG, JPEG, deflate under two numbers, PackBits. */
const readCompressions: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 6, 7, 8, 32_946, 32_773]);
const jpegCompressions: ReadonlySet<number> = new Set([6, 7]);
const readBits: ReadonlySet<number> = new Set([1, 2, 4, 8, 16]);
/** Bytes of an unpacked strip or tile: 64 megapixels in four colours. */
const unpackedLimit = 256_000_000;
/** Pixels that a page is drawn with, about: an A4 sheet at 250 dots an inch, which is more than recognition needs. */
const wantedPixels = 6_000_000;
/** As on a screen of 96 dots an inch, where the file says nothing. */
const screenPointsPerPixel = 0.75;

function first(directory: TiffDirectory, tag: number, fallback: number): number {
  return directory.get(tag)?.[0] ?? fallback;
}

function unsupported(name: string): AppError {
  return new AppError('file/unsupported-format', 'A TIFF of a kind that is not read.', { name, format: 'TIFF' });
}

/** Dots an inch; null where the file does not say them, or says what no scanner does. */
function dotsPerInch(directory: TiffDirectory): readonly [number, number] | null {
  const unit = first(directory, tiffTags.resolutionUnit, 2);
  const toInch = unit === 3 ? 2.54 : 1;
  const dots = [tiffTags.resolutionX, tiffTags.resolutionY].map((tag) => first(directory, tag, 0) * toInch);
  const [x = 0, y = 0] = dots;
  const isSensible = unit !== 1 && dots.every((one) => one >= 30 && one <= 4_800) && x / y <= 4 && y / x <= 4;
  return isSensible ? [x, y] : null;
}

function stretchOf(directory: TiffDirectory): Pick<TiffLayout, 'stretchX' | 'stretchY' | 'pointsPerPixel'> {
  const dots = dotsPerInch(directory);
  if (dots === null) return { stretchX: 1, stretchY: 1, pointsPerPixel: screenPointsPerPixel };
  const [x, y] = dots;
  const most = Math.max(x, y);
  return { stretchX: most / x, stretchY: most / y, pointsPerPixel: 72 / most };
}

function piecesOf(
  directory: TiffDirectory,
  fileBytes: number,
  size: { readonly width: number; readonly height: number },
): readonly TiffPiece[] {
  const isTiled = directory.has(tiffTags.tileWidth);
  const width = isTiled ? first(directory, tiffTags.tileWidth, 0) : size.width;
  const rows = isTiled
    ? first(directory, tiffTags.tileHeight, 0)
    : Math.min(size.height, first(directory, tiffTags.rowsPerStrip, size.height));
  if (width === 0 || rows === 0) return [];
  const starts = directory.get(isTiled ? tiffTags.tileOffsets : tiffTags.stripOffsets) ?? [];
  const lengths = directory.get(isTiled ? tiffTags.tileLengths : tiffTags.stripLengths);
  const columns = Math.ceil(size.width / width);
  return starts.slice(0, columns * Math.ceil(size.height / rows)).map((start, index) => {
    const y = Math.floor(index / columns) * rows;
    return {
      start,
      // Old writers leave the length of the only strip out.
      length: lengths?.[index] ?? Math.max(0, fileBytes - start),
      x: (index % columns) * width,
      y,
      width,
      // The last strip ends with the page, the last tile does not.
      height: isTiled ? rows : Math.min(rows, size.height - y),
    };
  });
}

/**
 * Reads how a page is made up. Throws AppError `file/damaged` where it leads out of the file, `file/too-complex` where it is
 * too large, `file/unsupported-format` for what is not read: other packings, colours in planes, samples of other sizes.
 */
export function layOutTiff(fileBytes: number, directory: TiffDirectory, name: string): TiffLayout {
  const [width, height] = [first(directory, tiffTags.width, 0), first(directory, tiffTags.height, 0)];
  assertPixels({ width, height }, name);
  const compression = first(directory, tiffTags.compression, 1);
  const samples = first(directory, tiffTags.samplesPerPixel, 1);
  const bits = directory.get(tiffTags.bitsPerSample) ?? [1];
  const isJpeg = jpegCompressions.has(compression);
  const isInPlanes = first(directory, tiffTags.planes, 1) === 2 && samples > 1;
  const colours = first(directory, tiffTags.colours, samples >= 3 ? 2 : 0);
  const isRead =
    readCompressions.has(compression) &&
    !isInPlanes &&
    bits.every((one) => one === bits[0] && readBits.has(one)) &&
    samples >= 1 &&
    samples <= 8 &&
    (isJpeg || [0, 1, 2, 3].includes(colours) || (colours === 5 && bits[0] === 8 && samples >= 4));
  if (!isRead) throw unsupported(name);
  const bitsPerPixel = (bits[0] ?? 1) * samples;
  const pieces = piecesOf(directory, fileBytes, { width, height });
  const largest = Math.max(0, ...pieces.slice(0, 1).map((piece) => piece.width * piece.height));
  if ((largest * bitsPerPixel) / 8 > unpackedLimit) {
    throw new AppError('file/too-complex', 'The picture has too many pixels.', { name, width, height });
  }
  const isWithin = pieces.every(({ start, length }) => start + length <= fileBytes);
  if (!isWithin || (pieces.length === 0 && compression !== 6)) {
    throw new AppError('file/damaged', 'The TIFF leads to bytes that it does not have.', { name });
  }
  const orientation = first(directory, tiffTags.orientation, 1);
  const reduction = Math.max(1, Math.round(Math.sqrt((width * height) / wantedPixels)));
  const { stretchX, stretchY, pointsPerPixel } = stretchOf(directory);
  const place = { width, height, pieces, reduction, orientation, stretchX, stretchY };
  return { ...place, compression, colours, samples, bitsPerPixel, pointsPerPixel: pointsPerPixel * reduction };
}
