import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { drawImage } from './draw-image.ts';
import { extractImage } from './extract-image.ts';
import { readImageHeader } from './image-header.ts';

const fixture = (extension: string): Promise<Buffer> =>
  readFile(join(import.meta.dirname, `../../fixtures/image/letter.${extension}`));

const tools = { name: 'a', recognitionLanguages: [], onProgress: () => undefined };

/** A PNG whose header says how large it is, with nothing behind it. */
function declaredPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(17);
  header.write('IHDR', 'latin1');
  header.writeUInt32BE(width, 4);
  header.writeUInt32BE(height, 8);
  header.set([1, 0, 0, 0, 0], 12);
  const file = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\x0d', 'latin1'), header, Buffer.alloc(4)]);
  file.writeUInt32BE(crc32(header), 29);
  return file;
}

describe('readImageHeader', () => {
  it.each([
    ['png', 875, 621],
    ['jpg', 875, 621],
    ['webp', 875, 621],
    ['gif', 875, 621],
    ['bmp', 875, 621],
  ])('reads the size of a picture in the format %s', async (extension, width, height) => {
    expect(readImageHeader(await fixture(extension))).toMatchObject({ width, height });
  });

  it.each(['png', 'jpg', 'webp', 'gif', 'bmp'])('stands every cut of a picture in the format %s', async (extension) => {
    const bytes = await fixture(extension);
    for (let length = 0; length < 700; length += 1)
      expect(() => readImageHeader(bytes.subarray(0, length))).not.toThrow();
  });
});

describe('extractImage', () => {
  // Unpacked, each would take more memory than the process may have.
  it.each([
    [17_000, 17_000],
    [20_001, 1],
  ])('refuses a picture of %i by %i before it is unpacked', async (width, height) => {
    await expect(extractImage(declaredPng(width, height), tools)).rejects.toMatchObject({ code: 'file/too-complex' });
  });

  it('refuses what it cannot unpack', async () => {
    await expect(extractImage(declaredPng(10, 10), tools)).rejects.toMatchObject({ code: 'file/damaged' });
  });

  it('says that a picture gave no text where no language is set', async () => {
    await expect(extractImage(await fixture('png'), tools)).rejects.toMatchObject({ code: 'file/no-text' });
  });
});

describe('drawImage', () => {
  it('draws a picture at the width that is asked for', async () => {
    expect(await drawImage(await fixture('jpg'), 1, 400)).toMatchObject({ widthPixels: 400, heightPixels: 284 });
  });

  it('knows that a picture has one page', async () => {
    await expect(drawImage(await fixture('jpg'), 2, 400)).rejects.toMatchObject({ code: 'app/not-found' });
  });
});
