import { AppError } from '../../../shared/app-error.ts';
import type { DrawnPage } from '../extracted-document.ts';
import { fitScale, releaseCanvas } from '../pdf/render-page.ts';
import { openImage } from './open-image.ts';
import { scaleImage } from './scale-image.ts';

const limits = { sidePixels: 8_192, areaPixels: 24_000_000 };
const widthLimit = 4_096;

/**
 * Draws a picture as a PNG of `widthPixels`, at most 4,096; one that is very long comes narrower. Throws AppError
 * `file/damaged`, `file/too-complex`, `file/unsupported-format`, and `app/not-found` for any page but 1.
 */
export async function drawImage(bytes: Buffer, page: number, widthPixels: number): Promise<DrawnPage> {
  if (page !== 1) throw new AppError('app/not-found', 'A picture has one page.', { page, pages: 1 });
  const image = await openImage(bytes, '');
  const wanted = Math.min(widthPixels, widthLimit) / image.width;
  const { widthPixels: width, heightPixels: height } = fitScale(image.width, image.height, wanted, limits);
  const canvas = scaleImage(image, width, height);
  const png = await canvas.encode('png');
  releaseCanvas(canvas);
  return { bytes: png, widthPixels: width, heightPixels: height };
}
