import type { BinaryFormat } from './detect-format.ts';
import type { DrawPage, ExtractDocument } from './extracted-document.ts';

/** The reader of a format; its libraries are loaded when the first file of the format comes. Null for a format without one. */
export async function extractorOf(format: BinaryFormat): Promise<ExtractDocument | null> {
  switch (format) {
    case 'pdf':
      return (await import('./pdf/extract-pdf.ts')).extractPdf;
    case 'docx':
      return (await import('./office/extract-docx.ts')).extractDocx;
    case 'pptx':
      return (await import('./office/extract-pptx.ts')).extractPptx;
    case 'xlsx':
      return (await import('./office/extract-xlsx.ts')).extractXlsx;
    default:
      return null;
  }
}

/** What draws pages of a format; null for formats whose pages have no picture. */
export async function pageDrawerOf(format: BinaryFormat | null): Promise<DrawPage | null> {
  switch (format) {
    case 'pdf':
      return (await import('./pdf/draw-page.ts')).drawPdfPage;
    default:
      return null;
  }
}
