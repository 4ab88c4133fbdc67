import { AppError } from '../../../shared/app-error.ts';
import { cleanReport } from '../../../shared/document.ts';
import type { ExtractedDocument, ExtractionTools } from '../extracted-document.ts';
import { composeDocument } from '../pdf/compose-document.ts';
import { findPdfHeadings } from '../pdf/find-pdf-headings.ts';
import { fitScale, releaseCanvas } from '../pdf/render-page.ts';
import type { Segment } from '../pdf/segment.ts';
import { isBlank } from '../recognition/grey-image.ts';
import type { GreyImage } from '../recognition/grey-image.ts';
import { greyOf } from '../recognition/grey-of-canvas.ts';
import { createRecogniser } from '../recognition/recogniser.ts';
import { segmentsOfLines } from '../recognition/segments-of-lines.ts';
import { openImage } from './open-image.ts';
import { scaleImage } from './scale-image.ts';

/** Points for a pixel of the picture, as on a screen of 96 dots an inch. */
const pointsPerPixel = 0.75;
const limits = { sidePixels: 4_000, areaPixels: 8_000_000 };
/** Pictures with fewer pixels are most likely of a screen, whose small letters are read better at twice the size. */
const screenPixels = 1_500_000;

/** A picture as it is recognised, and its size in points. */
type Prepared = { readonly grey: GreyImage; readonly width: number; readonly height: number };

async function prepare(bytes: Buffer, name: string): Promise<Prepared> {
  const image = await openImage(bytes, name);
  const wanted = image.width * image.height < screenPixels ? 2 : 1;
  const { widthPixels, heightPixels } = fitScale(image.width, image.height, wanted, limits);
  const canvas = scaleImage(image, widthPixels, heightPixels);
  const grey = greyOf(canvas);
  releaseCanvas(canvas);
  return { grey, width: image.width * pointsPerPixel, height: image.height * pointsPerPixel };
}

async function recognise({ grey, width }: Prepared, tools: ExtractionTools): Promise<readonly Segment[]> {
  if (tools.recognitionLanguages.length === 0 || isBlank(grey)) return [];
  const recogniser = createRecogniser(tools.recognitionLanguages);
  try {
    const lines = await recogniser.recognise(grey, () => tools.onProgress(0.5, true));
    const scale = width / grey.width;
    return segmentsOfLines(lines ?? [], [scale, 0, 0, scale, 0, 0]);
  } finally {
    await recogniser.close();
  }
}

/**
 * Recognises the text of a picture (PNG, JPEG, WebP, GIF, BMP), as a document of one page. Throws AppError `file/no-text`,
 * `file/damaged`, `file/too-complex`, `file/unsupported-format`.
 */
export async function extractImage(bytes: Buffer, tools: ExtractionTools): Promise<ExtractedDocument> {
  const prepared = await prepare(bytes, tools.name);
  const { width, height } = prepared;
  const segments = await recognise(prepared, tools);
  tools.onProgress(1, true);
  const { text, pages, tables, blocks } = composeDocument([
    {
      width,
      height,
      reading: 'recognised',
      label: null,
      matrix: [1, 0, 0, 1, 0, 0],
      directions: [{ segments, rules: [], isMeasured: true }],
    },
  ]);
  if (text.trim() === '')
    throw new AppError('file/no-text', 'The picture has no text that can be read.', { name: tools.name });
  return {
    format: 'image',
    text,
    title: null,
    headings: findPdfHeadings(blocks, [], [0], true),
    pages,
    tables,
    report: { ...cleanReport, recognisedPages: [1] },
    encoding: 'binary',
  };
}
