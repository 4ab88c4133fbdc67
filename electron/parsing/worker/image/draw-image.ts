import { AppError } from '../../../shared/app-error.ts';
import type { DrawnPage } from '../extracted-document.ts';
import { fitScale, releaseCanvas } from '../pdf/render-page.ts';
import { openPicturePages } from './picture-pages.ts';
import { scaleImage } from './scale-image.ts';

const limits = { sidePixels: 8_192, areaPixels: 24_000_000 };
const widthLimit = 4_096;

/**
 * Draws a page of a picture as a PNG of `widthPixels`, at most 4,096; one that is very long comes narrower. Throws AppError
 * `file/damaged`, `file/too-complex`, `file/unsupported-format`, and `app/not-found` for a page that is not there.
 */
export async function drawImage(bytes: Buffer, page: number, widthPixels: number): Promise<DrawnPage> {
  const pages = openPicturePages(bytes, '');
  if (page > pages.count) {
    throw new AppError('app/not-found', 'The picture has no such page.', { page, pages: pages.count });
  }
  const { image, release } = await pages.open(page);
  const wanted = Math.min(widthPixels, widthLimit) / image.width;
  const { widthPixels: width, heightPixels: height } = fitScale(image.width, image.height, wanted, limits);
  const canvas = scaleImage(image, width, height);
  release();
  const png = await canvas.encode('png');
  releaseCanvas(canvas);
  return { bytes: png, widthPixels: width, heightPixels: height };
}
