import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { AppError } from '../../../shared/app-error.ts';
import type { PageReading } from '../../../shared/document.ts';
import type { ExtractedDocument, ExtractionTools } from '../extracted-document.ts';
import { composeDocument } from './compose-document.ts';
import { findPdfHeadings } from './find-pdf-headings.ts';
import { largestTitle, saneTitle } from './find-title.ts';
import { withPdf } from './open-pdf.ts';
import type { PageText } from './page-text.ts';
import { readOutline } from './read-outline.ts';
import { readPages } from './read-pages.ts';

const pagesWith = (pages: readonly PageText[], reading: PageReading): readonly number[] =>
  pages.flatMap((page, index) => (page.reading === reading ? [index + 1] : []));

async function hasAttachments(document: PDFDocumentProxy): Promise<boolean> {
  const attachments: unknown = await document.getAttachments().catch(() => null);
  return attachments instanceof Map ? attachments.size > 0 : Object.keys(attachments ?? {}).length > 0;
}

async function metadataTitle(document: PDFDocumentProxy): Promise<string | null> {
  const metadata = await document.getMetadata().catch(() => null);
  const { Title: title } = (metadata?.info ?? {}) as Readonly<Record<string, unknown>>; // Declared as Object.
  return saneTitle(title);
}

async function extractOpen(document: PDFDocumentProxy, tools: ExtractionTools): Promise<ExtractedDocument> {
  const { pages: read, hiddenCharacters, hiddenSample, omissions } = await readPages(document, tools);
  const { text, pages, tables, blocks } = composeDocument(read);
  const recognisedPages = pagesWith(read, 'recognised');
  const unreadablePages = pagesWith(read, 'unreadable');
  if (text.trim() === '') {
    const code =
      omissions.includes('damaged-part') && unreadablePages.length === read.length ? 'file/damaged' : 'file/no-text';
    throw new AppError(code, 'No page has text that can be read.', { name: tools.name, pages: read.length });
  }
  const outline = await readOutline(document, read);
  const starts = pages.map(({ start }) => start);
  const measured = read.filter(({ directions }) => directions.some(({ isMeasured }) => isMeasured));
  return {
    format: 'pdf',
    text,
    title: (await metadataTitle(document)) ?? largestTitle(blocks),
    headings: findPdfHeadings(blocks, outline, starts, measured.length * 2 > read.length),
    pages,
    tables,
    report: {
      recognisedPages,
      unreadablePages,
      hiddenCharacters,
      hiddenSample,
      omissions: (await hasAttachments(document)) ? [...omissions, 'attachments'] : omissions,
    },
    encoding: 'binary',
  };
}

/**
 * Reads a PDF: text in reading order with its places, headings, tables, hidden text apart; pages without text are recognised.
 * Throws AppError `file/encrypted`, `file/damaged`, `file/too-complex`, `file/no-text`.
 */
export async function extractPdf(bytes: Buffer, tools: ExtractionTools): Promise<ExtractedDocument> {
  return withPdf(bytes, tools.name, (document) => extractOpen(document, tools));
}
