import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { drawImage } from './draw-image.ts';
import { extractImage } from './extract-image.ts';
import { openPicturePages } from './picture-pages.ts';
import { readTiffDirectories, tiffTags } from './tiff-directories.ts';

const fixture = (name: string): Promise<Buffer> => readFile(join(import.meta.dirname, '../../fixtures/image', name));

const tools = { name: 'scan.tif', recognitionLanguages: [], onProgress: () => undefined };

/** The pixels of a file's first page, on white. */
async function pixelsOf(
  bytes: Buffer,
): Promise<{ readonly size: readonly number[]; readonly data: Uint8ClampedArray }> {
  const { image } = await openPicturePages(bytes, 'a').open(1);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  return { size: [image.width, image.height], data: context.getImageData(0, 0, image.width, image.height).data };
}

/** Mean difference of the red, green and blue of two pictures, 0 to 255. */
const difference = (first: Uint8ClampedArray, second: Uint8ClampedArray): number =>
  first.reduce((sum, value, index) => sum + Math.abs(value - (second[index] ?? 0)), 0) / first.length;

const greyOf = (data: Uint8ClampedArray): Uint8ClampedArray =>
  data.map((_value, index) => {
    const at = index - (index % 4);
    const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
    return index % 4 === 3 ? 255 : red * 0.299 + green * 0.587 + blue * 0.114;
  });

/** Changes the first value of a tag of the first page, for files in the order of Intel. */
function withTag(bytes: Buffer, tag: number, value: number): Buffer {
  const changed = Buffer.from(bytes);
  const at = changed.readUInt32LE(4);
  for (let index = 0; index < changed.readUInt16LE(at); index += 1) {
    const entry = at + 2 + index * 12;
    if (changed.readUInt16LE(entry) !== tag) continue;
    if (changed.readUInt16LE(entry + 2) === 3) changed.writeUInt16LE(value & 0xffff, entry + 8);
    else changed.writeUInt32LE(value, entry + 8);
  }
  return changed;
}

describe('a TIFF', () => {
  // Bugs: colours of JPEG taken for luminance, rows in the wrong order of bytes, tiles side by side that belong below.
  it.each([
    ['big-endian', 2],
    ['lzw', 2],
    ['tiled', 2],
    ['packbits', 2],
    ['sixteen-bits', 2],
    ['palette', 8],
    ['inks', 4],
    ['jpeg', 8],
    ['jpeg-luminance', 8],
    ['turned', 2],
    ['transparent', 2],
  ])('looks as it did when it is packed as %s', async (name, most) => {
    const [wanted, got] = [
      await pixelsOf(await fixture('colours.png')),
      await pixelsOf(await fixture(`tiff/${name}.tif`)),
    ];
    expect(got.size).toEqual(wanted.size);
    expect(difference(got.data, wanted.data)).toBeLessThan(most);
  });

  it.each([
    ['jpeg-grey', 8],
    ['group-3', 40],
  ])('looks as it did without its colours when it is packed as %s', async (name, most) => {
    const [wanted, got] = [
      await pixelsOf(await fixture('colours.png')),
      await pixelsOf(await fixture(`tiff/${name}.tif`)),
    ];
    expect(got.size).toEqual(wanted.size);
    expect(difference(got.data, greyOf(wanted.data))).toBeLessThan(most);
  });

  // Bug: a fax of normal resolution came out half as high, with letters that nothing recognises.
  it('has square pixels on every page', async () => {
    const bytes = await fixture('tiff/fax.tif');
    const [first, second] = [await drawImage(bytes, 1, 600), await drawImage(bytes, 2, 600)];
    expect(first).toMatchObject({ widthPixels: 600, heightPixels: 426 });
    expect(second).toMatchObject({ widthPixels: 600, heightPixels: 426 });
    await expect(drawImage(bytes, 3, 600)).rejects.toMatchObject({ code: 'app/not-found', details: { pages: 2 } });
  });

  // Bug: a whole sheet of 600 dots an inch took more memory than the process may have.
  it('draws a large sheet at a share of its pixels, and of the right size in points', async () => {
    const { image, pointsPerPixel } = await openPicturePages(await fixture('tiff/sheet-600.tif'), 'a').open(1);
    expect([image.width, image.height]).toEqual([2_480, 3_508]);
    expect([image.width, image.height].map((side) => (side * pointsPerPixel).toFixed(1))).toEqual(['595.2', '841.9']);
  });

  // Bug: the small picture that a camera puts before the large one was taken for the first page.
  it('leaves previews out', async () => {
    const bytes = await fixture('tiff/preview.tif');
    expect(readTiffDirectories(bytes).map((page) => page.get(tiffTags.width))).toEqual([[219]]);
    expect(await drawImage(bytes, 1, 219)).toMatchObject({ heightPixels: 155 });
  });

  it.each([
    ['a size beyond all', tiffTags.width, 0xffff, 'file/too-complex'],
    ['no width', tiffTags.width, 0, 'file/damaged'],
    ['a packing that nobody knows', tiffTags.compression, 50_000, 'file/unsupported-format'],
    ['colours in planes', tiffTags.planes, 2, 'file/unsupported-format'],
    ['bits that are no samples', tiffTags.samplesPerPixel, 200, 'file/unsupported-format'],
  ])('says what is wrong with %s', async (_what, tag, value, code) => {
    const bytes = withTag(await fixture('tiff/lzw.tif'), tag, value);
    await expect(extractImage(bytes, tools)).rejects.toMatchObject({ code });
  });

  // Bug: a strip of some hundred bytes that unpacks to gigabytes ended the process instead of the page.
  it('gives up a strip that unpacks to more than its rows', async () => {
    const bytes = await fixture('tiff/transparent.tif');
    const [page] = readTiffDirectories(bytes);
    const [start = 0] = page?.get(tiffTags.stripOffsets) ?? [];
    deflateSync(Buffer.alloc(4_000_000)).copy(bytes, start);
    await expect(extractImage(bytes, tools)).rejects.toMatchObject({ code: 'file/damaged' });
  });

  it('says that a file without a page is damaged', async () => {
    const empty = Buffer.from('II*\0\x08\0\0\0\0\0\0\0\0\0', 'latin1');
    await expect(extractImage(empty, tools)).rejects.toMatchObject({ code: 'file/damaged' });
    await expect(extractImage(empty.subarray(0, 6), tools)).rejects.toMatchObject({ code: 'file/damaged' });
  });

  // Each cut and each changed byte ends in pages or in an error of its own, never in anything else.
  it('stands cuts and changed bytes', { timeout: 60_000 }, async () => {
    const bytes = await fixture('tiff/group-3.tif');
    const outcomes = new Set<string>();
    const read = async (damaged: Buffer): Promise<void> => {
      const outcome = await extractImage(damaged, tools).catch((error: unknown) => error);
      outcomes.add(String(Object(outcome).code));
    };
    for (let length = 4; length < bytes.length; length += 9) await read(bytes.subarray(0, length));
    for (let at = 4; at < bytes.length; at += 3) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ 0xff;
      await read(damaged);
    }
    expect([...outcomes].sort()).toEqual(
      expect.arrayContaining(['file/damaged', 'file/no-text', 'file/unsupported-format']),
    );
    expect([...outcomes].every((code) => code.startsWith('file/'))).toBe(true);
  });
});
