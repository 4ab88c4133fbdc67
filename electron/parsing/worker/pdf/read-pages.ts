import { setImmediate } from 'node:timers/promises';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { ReadingReport } from '../../../shared/document.ts';
import type { ExtractionTools } from '../extracted-document.ts';
import { characterLimit, hiddenSampleLimit, pageLimit } from '../extraction-limits.ts';
import { createRecogniser } from '../recognition/recogniser.ts';
import type { Recogniser } from '../recognition/recogniser.ts';
import { judgePage } from './judge-page.ts';
import type { Matrix } from './page-geometry.ts';
import { textDirections } from './page-text.ts';
import type { PageText } from './page-text.ts';
import { readPageMarks } from './read-page-marks.ts';
import { recognisePage } from './recognise-page.ts';
import type { PageRecognition } from './recognise-page.ts';
import { linesInFrame } from './ruled-lines.ts';
import type { TextPiece } from './text-piece.ts';

/** Pages of one document that are recognised; a page takes seconds. */
const recognitionLimit = 500;

type Omission = ReadingReport['omissions'][number];
type Layers = Awaited<ReturnType<PDFDocumentProxy['getOptionalContentConfig']>>;

/** The segments of a page, or what it is instead. */
type RecognitionOutcome =
  Extract<PageRecognition, { readonly status: 'recognised' }> | 'blank' | 'unreadable' | 'skipped';

/** All pages, and what is to be told of them. */
export type PagesRead = {
  readonly pages: readonly PageText[];
  readonly hiddenCharacters: number;
  readonly hiddenSample: string;
  readonly omissions: readonly Omission[];
};

/** Reads page after page, and recognises those that need it. */
class PageReader {
  readonly #document: PDFDocumentProxy;
  readonly #layers: Layers;
  readonly #labels: readonly string[];
  readonly #recogniser: Recogniser | null;
  readonly #omissions = new Set<Omission>();
  #hiddenCharacters = 0;
  #hiddenSample = '';
  #characters = 0;
  #recognitions = 0;

  constructor(document: PDFDocumentProxy, layers: Layers, labels: readonly string[], recogniser: Recogniser | null) {
    this.#document = document;
    this.#layers = layers;
    this.#labels = labels;
    this.#recogniser = recogniser;
  }

  async readAll(onProgress: ExtractionTools['onProgress']): Promise<PagesRead> {
    const count = Math.min(this.#document.numPages, pageLimit);
    if (count < this.#document.numPages) this.#omissions.add('page-limit');
    const pages: PageText[] = [];
    for (let number = 1; number <= count; number += 1) {
      // A page that is being recognised is work that goes on, which the deadline must not take for a hang.
      pages.push(await this.#readPage(number, () => onProgress((number - 1) / count, true)));
      onProgress(number / count, true);
      // Lets the word of the progress out.
      await setImmediate();
    }
    return {
      pages,
      hiddenCharacters: this.#hiddenCharacters,
      hiddenSample: this.#hiddenSample,
      omissions: [...this.#omissions],
    };
  }

  async #readPage(number: number, onAdvance: () => void): Promise<PageText> {
    const label = this.#labels[number - 1] ?? null;
    const base: PageText = {
      width: 612,
      height: 792,
      reading: 'unreadable',
      label: label === '' ? null : label,
      matrix: [1, 0, 0, 1, 0, 0],
      directions: [],
    };
    if (this.#characters > characterLimit) {
      this.#omissions.add('character-limit');
      return { ...base, reading: 'skipped' };
    }
    try {
      const page = await this.#document.getPage(number);
      try {
        return await this.#readOpenPage(page, base, onAdvance);
      } finally {
        page.cleanup();
      }
    } catch {
      // One page that cannot be read must not cost the others.
      this.#omissions.add('damaged-part');
      return base;
    }
  }

  async #readOpenPage(page: PDFPageProxy, base: PageText, onAdvance: () => void): Promise<PageText> {
    const marks = await readPageMarks(page, this.#layers);
    const { visible, hidden, isScanLayer, needsRecognition } = judgePage(marks);
    this.#noteHidden(hidden);
    const { width, height } = marks;
    const placed = { ...base, width, height, matrix: matrixOf(page) };
    const directions = textDirections(visible, marks.lines, isScanLayer);
    const isEmpty = directions.every(({ segments }) => segments.length === 0);
    for (const { text } of directions.flatMap(({ segments }) => segments)) this.#characters += text.length;
    if (!needsRecognition) return { ...placed, directions, reading: isEmpty ? 'blank' : 'text' };
    // The pictures that were unpacked to find their places would lie beside those that are drawn.
    page.cleanup();
    const recognition = await this.#recognise(page, onAdvance);
    if (typeof recognition === 'object') {
      for (const { text } of recognition.segments) this.#characters += text.length;
      return {
        ...placed,
        directions: [{ segments: recognition.segments, rules: linesInFrame(marks.lines, 0).rules, isMeasured: true }],
        reading: 'recognised',
      };
    }
    // A stamp or a page number is text that is there, whatever the picture beside it holds.
    return { ...placed, directions, reading: isEmpty || recognition !== 'blank' ? recognition : 'text' };
  }

  async #recognise(page: PDFPageProxy, onAdvance: () => void): Promise<RecognitionOutcome> {
    if (!this.#recogniser) return 'unreadable';
    if (this.#recognitions >= recognitionLimit) {
      this.#omissions.add('page-limit');
      return 'skipped';
    }
    this.#recognitions += 1;
    const result = await recognisePage(page, this.#recogniser, onAdvance);
    return result.status === 'recognised' ? result : result.status;
  }

  #noteHidden(hidden: readonly TextPiece[]): void {
    for (const { text } of hidden) this.#hiddenCharacters += text.length;
    if (hidden.length === 0 || this.#hiddenSample.length >= hiddenSampleLimit) return;
    const lines = textDirections(hidden, [], false).flatMap(({ segments }) => segments);
    const sample = [this.#hiddenSample, ...lines.map(({ text }) => text)].filter((text) => text !== '').join('\n');
    this.#hiddenSample = sample.slice(0, hiddenSampleLimit);
  }
}

function matrixOf(page: PDFPageProxy): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = page.getViewport({ scale: 1 }).transform as readonly number[]; // any[]
  return [a, b, c, d, e, f];
}

/** Reads all pages of a document, up to the limits. One recogniser serves them, and is closed at the end. */
export async function readPages(document: PDFDocumentProxy, tools: ExtractionTools): Promise<PagesRead> {
  const { recognitionLanguages, onProgress } = tools;
  const recogniser = recognitionLanguages.length > 0 ? createRecogniser(recognitionLanguages) : null;
  try {
    const layers = await document.getOptionalContentConfig();
    const labels = await document.getPageLabels().catch(() => null);
    return await new PageReader(document, layers, labels ?? [], recogniser).readAll(onProgress);
  } finally {
    await recogniser?.close();
  }
}
