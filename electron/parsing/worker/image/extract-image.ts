import { AppError } from '../../../shared/app-error.ts';
import { cleanReport } from '../../../shared/document.ts';
import type { PageReading, ReadingReport } from '../../../shared/document.ts';
import type { ExtractedDocument, ExtractionTools } from '../extracted-document.ts';
import { composeDocument } from '../pdf/compose-document.ts';
import { findPdfHeadings } from '../pdf/find-pdf-headings.ts';
import { fitScale, releaseCanvas } from '../pdf/render-page.ts';
import type { PageText } from '../pdf/page-text.ts';
import { isBlank } from '../recognition/grey-image.ts';
import type { GreyImage } from '../recognition/grey-image.ts';
import { greyOf } from '../recognition/grey-of-canvas.ts';
import { createRecogniser } from '../recognition/recogniser.ts';
import type { Recogniser } from '../recognition/recogniser.ts';
import { segmentsOfLines } from '../recognition/segments-of-lines.ts';
import { openPicturePages } from './picture-pages.ts';
import type { PicturePages } from './picture-pages.ts';
import { scaleImage } from './scale-image.ts';

const limits = { sidePixels: 4_000, areaPixels: 8_000_000 };
/** Pictures with fewer pixels are most likely of a screen, whose small letters are read better at twice the size. */
const screenPixels = 1_500_000;
/** Pages of one picture that are recognised; a page takes seconds. */
const recognitionLimit = 500;

type Omission = ReadingReport['omissions'][number];

/** A page as it is recognised, and its size in points. */
type Prepared = { readonly grey: GreyImage; readonly width: number; readonly height: number };

async function prepare(pages: PicturePages, page: number): Promise<Prepared> {
  const { image, pointsPerPixel, release } = await pages.open(page);
  const { width, height } = image;
  const wanted = width * height < screenPixels ? 2 : 1;
  const { widthPixels, heightPixels } = fitScale(width, height, wanted, limits);
  const canvas = scaleImage(image, widthPixels, heightPixels);
  release();
  const grey = greyOf(canvas);
  releaseCanvas(canvas);
  return { grey, width: width * pointsPerPixel, height: height * pointsPerPixel };
}

const emptyPage: PageText = {
  width: 612,
  height: 792,
  reading: 'unreadable',
  label: null,
  matrix: [1, 0, 0, 1, 0, 0],
  directions: [],
};

async function recognise(
  { grey, width, height }: Prepared,
  recogniser: Recogniser | null,
  onAdvance: () => void,
): Promise<PageText> {
  const placed = { ...emptyPage, width, height };
  if (isBlank(grey)) return { ...placed, reading: 'blank' };
  const lines = await recogniser?.recognise(grey, onAdvance);
  const scale = width / grey.width;
  const segments = segmentsOfLines(lines ?? [], [scale, 0, 0, scale, 0, 0]);
  if (segments.length === 0) return placed;
  return { ...placed, reading: 'recognised', directions: [{ segments, rules: [], isMeasured: true }] };
}

/** Reads page after page. One that cannot be unpacked costs no other, unless it is the only one. */
async function readPages(
  pages: PicturePages,
  languages: ExtractionTools['recognitionLanguages'],
  onProgress: ExtractionTools['onProgress'],
): Promise<{ readonly read: readonly PageText[]; readonly omissions: readonly Omission[] }> {
  const recogniser = languages.length === 0 ? null : createRecogniser(languages);
  const omissions = new Set<Omission>();
  const read: PageText[] = [];
  const readPage = async (page: number): Promise<PageText> => {
    if (page > recognitionLimit) {
      omissions.add('page-limit');
      return { ...emptyPage, reading: 'skipped' };
    }
    try {
      const prepared = await prepare(pages, page);
      // A page that is being recognised is work that goes on, which the deadline must not take for a hang.
      return await recognise(prepared, recogniser, () => onProgress((page - 0.5) / pages.count, true));
    } catch (error) {
      if (pages.count === 1) throw error;
      omissions.add('damaged-part');
      return emptyPage;
    }
  };
  try {
    for (let page = 1; page <= pages.count; page += 1) {
      read.push(await readPage(page));
      onProgress(page / pages.count, true);
    }
    return { read, omissions: [...omissions] };
  } finally {
    await recogniser?.close();
  }
}

const pagesWith = (pages: readonly PageText[], reading: PageReading): readonly number[] =>
  pages.flatMap((page, index) => (page.reading === reading ? [index + 1] : []));

/**
 * Recognises the text of a picture (PNG, JPEG, WebP, GIF, BMP, TIFF with all its pages). Throws AppError `file/no-text`,
 * `file/damaged`, `file/too-complex`, `file/unsupported-format`.
 */
export async function extractImage(bytes: Buffer, tools: ExtractionTools): Promise<ExtractedDocument> {
  const { name, recognitionLanguages, onProgress } = tools;
  const pictures = openPicturePages(bytes, name);
  const { read, omissions } = await readPages(pictures, recognitionLanguages, onProgress);
  onProgress(1, true);
  const { text, pages, tables, blocks } = composeDocument(read);
  if (text.trim() === '') throw new AppError('file/no-text', 'The picture has no text that can be read.', { name });
  const starts = pages.map(({ start }) => start);
  return {
    format: 'image',
    text,
    title: null,
    headings: findPdfHeadings(blocks, [], starts, true),
    pages,
    tables,
    report: {
      ...cleanReport,
      recognisedPages: pagesWith(read, 'recognised'),
      unreadablePages: pagesWith(read, 'unreadable'),
      omissions,
    },
    encoding: 'binary',
  };
}
