import { createCanvas } from '@napi-rs/canvas';
import type { Canvas } from '@napi-rs/canvas';
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** How many pixels a drawn page may have. */
export type PixelLimits = { readonly sidePixels: number; readonly areaPixels: number };

/**
 * Pixels per point for a page of `width` by `height` points, as near to `wanted` as the limits allow, and the size that comes of
 * it, at least 1 by 1.
 */
export function fitScale(
  width: number,
  height: number,
  wanted: number,
  { sidePixels, areaPixels }: PixelLimits,
): { readonly scale: number; readonly widthPixels: number; readonly heightPixels: number } {
  const scale = Math.min(wanted, sidePixels / width, sidePixels / height, Math.sqrt(areaPixels / (width * height)));
  const pixels = (length: number): number => Math.min(sidePixels, Math.max(1, Math.round(length * scale)));
  return { scale, widthPixels: pixels(width), heightPixels: pixels(height) };
}

/** Draws a page as it is shown, on white. Release the canvas after use (`releaseCanvas`). */
export async function renderPage(page: PDFPageProxy, wanted: number, limits: PixelLimits): Promise<Canvas> {
  const { width, height } = page.getViewport({ scale: 1 });
  const { scale, widthPixels, heightPixels } = fitScale(width, height, wanted, limits);
  const canvas = createCanvas(widthPixels, heightPixels);
  const viewport = page.getViewport({ scale });
  // pdf.js declares a browser's canvas; this one has what it calls.
  const target = canvas as unknown as Parameters<PDFPageProxy['render']>[0]['canvas'];
  await page.render({ canvas: target, viewport, background: '#ffffff' }).promise;
  return canvas;
}

/** Gives a canvas's memory back at once, not when the collector comes by. */
export function releaseCanvas(canvas: Canvas): void {
  canvas.width = 1;
  canvas.height = 1;
}
