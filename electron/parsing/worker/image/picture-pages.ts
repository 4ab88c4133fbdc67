import type { Canvas, Image } from '@napi-rs/canvas';
import { AppError } from '../../../shared/app-error.ts';
import { releaseCanvas } from '../pdf/render-page.ts';
import { drawTiffPage } from './draw-tiff.ts';
import { readImageHeader } from './image-header.ts';
import { openImage } from './open-image.ts';
import { readTiffDirectories } from './tiff-directories.ts';
import { layOutTiff } from './tiff-layout.ts';

/** One page of a picture, unpacked. */
export type OpenPicture = {
  readonly image: Image | Canvas;
  /** Points for a pixel. */
  readonly pointsPerPixel: number;
  /** Gives its memory back. */
  readonly release: () => void;
};

/** The pages of a picture: several in a TIFF, one in all others. */
export type PicturePages = {
  readonly count: number;
  /** Unpacks a page, counted from 1. Throws AppError `file/unsupported-format`, `file/too-complex`, `file/damaged`. */
  readonly open: (page: number) => Promise<OpenPicture>;
};

/** Points for a pixel of a picture that does not say it, as on a screen of 96 dots an inch. */
const screenPointsPerPixel = 0.75;

/** Looks at what pages a picture has. `name` is for errors only. Throws AppError `file/damaged`. */
export function openPicturePages(bytes: Buffer, name: string): PicturePages {
  if (readImageHeader(bytes)?.kind !== 'tiff') {
    return {
      count: 1,
      open: async () => ({
        image: await openImage(bytes, name),
        pointsPerPixel: screenPointsPerPixel,
        release: () => undefined,
      }),
    };
  }
  const directories = readTiffDirectories(bytes);
  return {
    count: directories.length,
    open: async (page) => {
      const directory = directories[page - 1];
      if (directory === undefined) throw new AppError('file/damaged', 'The picture has no such page.', { name });
      const { pointsPerPixel } = layOutTiff(bytes.length, directory, name);
      const image = await drawTiffPage(bytes, directory, name);
      return { image, pointsPerPixel, release: () => releaseCanvas(image) };
    },
  };
}
