import type { BinaryFormat } from './document-formats.ts';
import type { DrawPage, ExtractDocument } from './extracted-document.ts';

/** The reader of a format; its libraries are loaded when the first file of the format comes. */
export async function extractorOf(format: BinaryFormat): Promise<ExtractDocument> {
  switch (format) {
    case 'pdf':
      return (await import('./pdf/extract-pdf.ts')).extractPdf;
    case 'image':
      return (await import('./image/extract-image.ts')).extractImage;
    case 'docx':
      return (await import('./office/extract-docx.ts')).extractDocx;
    case 'pptx':
      return (await import('./office/extract-pptx.ts')).extractPptx;
    case 'xlsx':
      return (await import('./office/extract-xlsx.ts')).extractXlsx;
    case 'odt':
      return (await import('./open-document/extract-odt.ts')).extractOdt;
    case 'ods':
      return (await import('./open-document/extract-ods.ts')).extractOds;
    case 'odp':
      return (await import('./open-document/extract-odp.ts')).extractOdp;
    case 'epub':
      return (await import('./epub/extract-epub.ts')).extractEpub;
  }
}

/** What draws pages of a format; null for formats whose pages have no picture. */
export async function pageDrawerOf(format: BinaryFormat | null): Promise<DrawPage | null> {
  if (format === 'pdf') return (await import('./pdf/draw-page.ts')).drawPdfPage;
  if (format === 'image') return (await import('./image/draw-image.ts')).drawImage;
  return null;
}
