import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { isBlank, toGrey } from '../recognition/grey-image.ts';
import type { Recogniser } from '../recognition/recogniser.ts';
import { segmentsOfLines } from '../recognition/segments-of-lines.ts';
import { releaseCanvas, renderPage } from './render-page.ts';
import type { Segment } from './segment.ts';

/** 250 dots an inch, where the limits allow: small print of 7 points is read, and an A4 page has 6 megapixels. */
const wantedScale = 250 / 72;
const limits = { sidePixels: 4_000, areaPixels: 8_000_000 };

/** What came of drawing a page and reading the drawing. */
export type PageRecognition =
  | { readonly status: 'recognised'; readonly segments: readonly Segment[] }
  | { readonly status: 'blank' | 'unreadable' };

/** Draws a page and recognises its text. A page that is one shade is blank. */
export async function recognisePage(page: PDFPageProxy, recogniser: Recogniser): Promise<PageRecognition> {
  const canvas = await renderPage(page, wantedScale, limits);
  const { width, height } = canvas;
  const image = toGrey(canvas.getContext('2d').getImageData(0, 0, width, height).data, width, height);
  releaseCanvas(canvas);
  if (isBlank(image)) return { status: 'blank' };
  const lines = await recogniser.recognise(image);
  const scale = page.getViewport({ scale: 1 }).width / width;
  const segments = segmentsOfLines(lines ?? [], [scale, 0, 0, scale, 0, 0]);
  return segments.length > 0 ? { status: 'recognised', segments } : { status: 'unreadable' };
}
