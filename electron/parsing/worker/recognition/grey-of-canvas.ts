import type { Canvas } from '@napi-rs/canvas';
import type { GreyImage } from './grey-image.ts';
import { toGrey } from './grey-image.ts';

/** Rows of pixels that are made grey at a time, so that the picture is never in memory three times. */
const bandRows = 200;

/** The picture on a canvas in shades of grey. */
export function greyOf(canvas: Canvas): GreyImage {
  const { width, height } = canvas;
  const context = canvas.getContext('2d');
  const pixels = new Uint8Array(width * height);
  for (let top = 0; top < height; top += bandRows) {
    const rows = Math.min(bandRows, height - top);
    pixels.set(toGrey(context.getImageData(0, top, width, rows).data), top * width);
  }
  return { width, height, pixels };
}
