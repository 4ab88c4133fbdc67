import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { isBlank } from '../recognition/grey-image.ts';
import type { GreyImage } from '../recognition/grey-image.ts';
import { greyOf } from '../recognition/grey-of-canvas.ts';
import type { Recogniser } from '../recognition/recogniser.ts';
import { segmentsOfLines } from '../recognition/segments-of-lines.ts';
import { releaseCanvas, renderPage } from './render-page.ts';
import type { Segment } from './segment.ts';

/** 220 dots an inch, where the limits allow: print of 7 points is read, and an A4 page has 4.7 megapixels. */
const wantedScale = 220 / 72;
const limits = { sidePixels: 4_000, areaPixels: 6_000_000 };
/** Draws a page in shades of grey, and gives back what the drawing took. */
async function drawGrey(page: PDFPageProxy): Promise<GreyImage> {
  const canvas = await renderPage(page, wantedScale, limits);
  const grey = greyOf(canvas);
  releaseCanvas(canvas);
  return grey;
}

/** What came of drawing a page and reading the drawing. */
export type PageRecognition =
  | { readonly status: 'recognised'; readonly segments: readonly Segment[] }
  | { readonly status: 'blank' | 'unreadable' };

/** Draws a page and recognises its text. A page that is one shade is blank. */
export async function recognisePage(
  page: PDFPageProxy,
  recogniser: Recogniser,
  onAdvance: () => void,
): Promise<PageRecognition> {
  const image = await drawGrey(page);
  if (isBlank(image)) return { status: 'blank' };
  const lines = await recogniser.recognise(image, onAdvance);
  const scale = page.getViewport({ scale: 1 }).width / image.width;
  const segments = segmentsOfLines(lines ?? [], [scale, 0, 0, scale, 0, 0]);
  return segments.length > 0 ? { status: 'recognised', segments } : { status: 'unreadable' };
}
