import { AppError } from '../../../shared/app-error.ts';

/** One page of a TIFF: its tags by number, each with the values that stand behind it (TIFF 6.0, section 2). */
export type TiffDirectory = ReadonlyMap<number, readonly number[]>;

/** Tags that are read; whatever else a file carries, notes of its maker among it, is passed over. */
export const tiffTags = {
  kind: 254,
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  colours: 262,
  fillOrder: 266,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripLengths: 279,
  resolutionX: 282,
  resolutionY: 283,
  planes: 284,
  faxOptions: 292,
  resolutionUnit: 296,
  predictor: 317,
  palette: 320,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileLengths: 325,
  extraSamples: 338,
  sampleFormat: 339,
  jpegTables: 347,
  jpegOffset: 513,
  jpegLength: 514,
} as const;

const wantedTags: ReadonlySet<number> = new Set(Object.values(tiffTags));

/** Directories of one file, its small previews included; a box of files scanned at once has some hundred. */
const directoryLimit = 4_096;
/** Values of one tag: a page of a million strips is none. */
const valueLimit = 1_000_000;

/** Bytes of a value by its type; other types are not needed. */
const typeBytes: ReadonlyMap<number, number> = new Map([
  [1, 1],
  [3, 2],
  [4, 4],
  [5, 8],
  [7, 1],
]);

const damaged = (): AppError => new AppError('file/damaged', 'The TIFF leads to bytes that it does not have.');

/** Reads numbers at offsets, in the file's order of bytes. Throws `file/damaged` beyond its end. */
type Reader = { readonly short: (at: number) => number; readonly long: (at: number) => number };

function readerOf(bytes: Buffer): Reader {
  const isLittleEndian = bytes.toString('latin1', 0, 2) === 'II';
  const within = (at: number, length: number): number => {
    if (at < 0 || at + length > bytes.length) throw damaged();
    return at;
  };
  return {
    short: (at) => (isLittleEndian ? bytes.readUInt16LE(within(at, 2)) : bytes.readUInt16BE(within(at, 2))),
    long: (at) => (isLittleEndian ? bytes.readUInt32LE(within(at, 4)) : bytes.readUInt32BE(within(at, 4))),
  };
}

function readValue(bytes: Buffer, { short, long }: Reader, type: number, at: number): number {
  switch (type) {
    case 3:
      return short(at);
    case 4:
      return long(at);
    case 5: {
      const denominator = long(at + 4);
      return denominator === 0 ? 0 : long(at) / denominator;
    }
    default: {
      const byte = bytes[at];
      if (byte === undefined) throw damaged();
      return byte;
    }
  }
}

function readValues(bytes: Buffer, reader: Reader, entry: number): readonly number[] | null {
  const [type, count] = [reader.short(entry + 2), reader.long(entry + 4)];
  const size = typeBytes.get(type);
  if (size === undefined || count > valueLimit) return null;
  const start = size * count <= 4 ? entry + 8 : reader.long(entry + 8);
  if (start + size * count > bytes.length) throw damaged();
  return Array.from({ length: count }, (_, index) => readValue(bytes, reader, type, start + index * size));
}

/** A preview beside the page, or a mask over it (TIFF 6.0, NewSubfileType). */
const isPage = (directory: TiffDirectory): boolean => ((directory.get(tiffTags.kind)?.[0] ?? 0) & 0b101) === 0;

/**
 * The pages of a TIFF in their order, without previews and masks where there is anything else. A chain that goes round in a
 * circle, or leads out of the file after the first page, ends there. Throws AppError `file/damaged`.
 */
export function readTiffDirectories(bytes: Buffer): readonly TiffDirectory[] {
  const reader = readerOf(bytes);
  const seen = new Set<number>();
  const directories: TiffDirectory[] = [];
  for (let at = reader.long(4); at !== 0 && !seen.has(at) && seen.size < directoryLimit;) {
    seen.add(at);
    try {
      const count = reader.short(at);
      const directory = new Map<number, readonly number[]>();
      for (let index = 0; index < count; index += 1) {
        const entry = at + 2 + index * 12;
        const tag = reader.short(entry);
        const values = wantedTags.has(tag) ? readValues(bytes, reader, entry) : null;
        if (values !== null) directory.set(tag, values);
      }
      directories.push(directory);
      at = reader.long(at + 2 + count * 12);
    } catch (error) {
      if (directories.length === 0) throw error;
      break;
    }
  }
  const pages = directories.filter(isPage);
  return pages.length === 0 ? directories : pages;
}
