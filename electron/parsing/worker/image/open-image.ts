import { loadImage } from '@napi-rs/canvas';
import type { Image } from '@napi-rs/canvas';
import { AppError } from '../../../shared/app-error.ts';
import { readImageHeader } from './image-header.ts';

/** Unpacked, a picture takes four bytes a pixel; a photograph of 64 megapixels is the most that fits beside the rest. */
const pixelLimit = 64_000_000;
const sideLimit = 20_000;

/** Refuses a picture that says that it is too large, or has no pixels. Throws AppError `file/too-complex`, `file/damaged`. */
export function assertPixels(
  { width, height }: { readonly width: number; readonly height: number },
  name: string,
): void {
  if (width * height > pixelLimit || Math.max(width, height) > sideLimit) {
    throw new AppError('file/too-complex', 'The picture has too many pixels.', { name, width, height });
  }
  if (width === 0 || height === 0) throw new AppError('file/damaged', 'The picture has no pixels.', { name });
}

/**
 * Unpacks a picture whose header says that it is small enough, turned as its camera was held; of a moving one the first
 * picture. Not for a TIFF (`openPicturePages`). `name` is for errors only. Throws AppError `file/unsupported-format`, `file/too-complex`, `file/damaged`.
 */
export async function openImage(bytes: Buffer, name: string): Promise<Image> {
  const header = readImageHeader(bytes);
  if (!header) throw new AppError('file/damaged', 'The picture has no readable header.', { name });
  const { width, height } = header;
  assertPixels(header, name);
  try {
    const image = await loadImage(bytes);
    const isAsDeclared = image.width * image.height <= width * height;
    if (image.width > 0 && image.height > 0 && isAsDeclared) return image;
  } catch (error) {
    throw new AppError('file/damaged', 'The picture cannot be unpacked.', { name }, { cause: error });
  }
  throw new AppError('file/damaged', 'The picture is not what its header says.', { name });
}
