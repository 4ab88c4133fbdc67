import { AppError } from '../../../shared/app-error.ts';
import type { DrawnPage } from '../extracted-document.ts';
import { withPdf } from './open-pdf.ts';
import { releaseCanvas, renderPage } from './render-page.ts';

/** A side of 8,192 and 24 megapixels: a page that is much longer than wide comes narrower than asked for. */
const limits = { sidePixels: 8_192, areaPixels: 24_000_000 };
const widthLimit = 4_096;

/**
 * Draws one page, counted from 1, as a PNG of about `widthPixels`, at most 4,096. Throws AppError `file/encrypted`,
 * `file/damaged`, and `app/not-found` for a page that is not there.
 */
export async function drawPdfPage(bytes: Buffer, page: number, widthPixels: number): Promise<DrawnPage> {
  return withPdf(bytes, '', async (document) => {
    if (!Number.isInteger(page) || page < 1 || page > document.numPages) {
      throw new AppError('app/not-found', 'The document has no such page.', { page, pages: document.numPages });
    }
    try {
      const proxy = await document.getPage(page);
      const { width } = proxy.getViewport({ scale: 1 });
      const canvas = await renderPage(proxy, Math.min(widthPixels, widthLimit) / width, limits);
      const { width: drawnWidth, height: drawnHeight } = canvas;
      const png = await canvas.encode('png');
      releaseCanvas(canvas);
      return { bytes: png, widthPixels: drawnWidth, heightPixels: drawnHeight };
    } catch (error) {
      throw new AppError('file/damaged', 'The page cannot be drawn.', { page }, { cause: error });
    }
  });
}
