import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import type { DrawnPage } from '../extracted-document.ts';
import { drawPdfPage } from './draw-page.ts';
import { extractPdf } from './extract-pdf.ts';

const fixture = (name: string): Promise<Buffer> => readFile(join(import.meta.dirname, '../../fixtures/pdf', name));

/** The darkest of the grey values in a part of the picture, 0 to 255. */
async function darkestIn({ bytes }: DrawnPage, x: number, y: number, width: number, height: number): Promise<number> {
  const image = await loadImage(Buffer.from(bytes));
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(Math.round(x), Math.round(y), Math.round(width), Math.round(height));
  return Math.min(...data.filter((_, index) => index % 4 === 0));
}

describe('drawPdfPage', () => {
  // Also catches runs whose places are not those of the picture that they are shown over.
  it.each(['report.pdf', 'rotated.pdf'])('draws the text of %s where its runs are', async (name) => {
    const bytes = await fixture(name);
    const { pages } = await extractPdf(bytes, { name, recognitionLanguages: [], onProgress: () => undefined });
    const [first] = pages ?? [];
    const drawn = await drawPdfPage(bytes, 1, 800);
    expect(drawn.widthPixels).toBe(800);
    const scale = 800 / (first?.size?.width ?? 1);
    for (const [, , x, y, width, height] of first?.runs ?? []) {
      expect(await darkestIn(drawn, x * scale, y * scale, width * scale, height * scale)).toBeLessThan(110);
    }
    expect(await darkestIn(drawn, 0, 0, 800, 20)).toBe(255);
  });

  it('draws no more than 4,096 pixels in width', async () => {
    expect((await drawPdfPage(await fixture('hidden.pdf'), 1, 100_000)).widthPixels).toBe(4_096);
  });

  // A page may say that it is a kilometre long.
  it('bounds the picture of a page of hostile size', async () => {
    const bytes = await fixture('hidden.pdf');
    const at = bytes.indexOf('/MediaBox');
    const end = bytes.indexOf(']', at);
    const box = '/MediaBox [0 0 9 99999';
    const length = end - at;
    expect(box.length).toBeLessThanOrEqual(length);
    const hostile = Buffer.from(bytes);
    hostile.write(box.padEnd(length, ' '), at, 'latin1');
    hostile.write('/Cropper', hostile.indexOf('/CropBox'), 'latin1');
    const { widthPixels, heightPixels } = await drawPdfPage(hostile, 1, 4_096);
    expect(Math.max(widthPixels, heightPixels)).toBeLessThanOrEqual(8_192);
  });

  it('knows a page that is not there', async () => {
    await expect(drawPdfPage(await fixture('hidden.pdf'), 2, 100)).rejects.toMatchObject({ code: 'app/not-found' });
  });
});
