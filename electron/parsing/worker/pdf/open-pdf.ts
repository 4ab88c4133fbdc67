import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { AppError } from '../../../shared/app-error.ts';
import { PackageFiles, packageLocations } from './package-files.ts';

/** Pictures with more pixels are left out of a page; 64 megapixels are 256 MB when unpacked. */
const imagePixelLimit = 64 * 1024 * 1024;

/** An AppError for what pdf.js throws while it opens a document. */
function openingError(error: unknown, name: string): AppError {
  if (AppError.isInstance(error)) return error;
  const isEncrypted = error instanceof Error && error.name === 'PasswordException';
  return isEncrypted
    ? new AppError('file/encrypted', 'The PDF asks for a password.', { name })
    : new AppError('file/damaged', 'The PDF cannot be opened.', { name }, { cause: error });
}

/**
 * Opens a PDF for `work` and closes it after. Nothing of the document is run, nothing is fetched; its bytes are copied.
 * `name` is for errors only. Throws AppError `file/encrypted`, `file/damaged`.
 */
export async function withPdf<T>(
  bytes: Uint8Array,
  name: string,
  work: (document: PDFDocumentProxy) => Promise<T>,
): Promise<T> {
  const task = getDocument({
    data: new Uint8Array(bytes),
    ...packageLocations,
    BinaryDataFactory: PackageFiles,
    useWorkerFetch: false,
    useSystemFonts: false,
    enableXfa: false,
    disableFontFace: true,
    fontExtraProperties: true,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    maxImageSize: imagePixelLimit,
    verbosity: VerbosityLevel.ERRORS,
  });
  try {
    const document = await task.promise.catch((error: unknown) => {
      throw openingError(error, name);
    });
    return await work(document);
  } finally {
    await task.destroy();
  }
}
