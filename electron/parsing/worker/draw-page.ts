import { createHash } from 'node:crypto';
import { AppError } from '../../shared/app-error.ts';
import type { DrawPageRequest } from '../protocol.ts';
import { detectBinaryFormat } from './detect-format.ts';
import { pageDrawerOf } from './extractors.ts';
import { asFileError } from './file-error.ts';
import type { SendEvent } from './read-document.ts';
import { readFileBounded } from './read-file.ts';

/** Draws one page of a file whose bytes are still those that were read. Throws AppError `file/*`, `app/not-found`. */
export async function drawPage(request: DrawPageRequest, send: SendEvent): Promise<void> {
  const { id, file, limitBytes, page, widthPixels, hash } = request;
  const { name } = file;
  const bytes = await readFileBounded(file, limitBytes);
  if (createHash('sha256').update(bytes).digest('hex') !== hash) {
    throw new AppError('file/changed', 'The file has other bytes than the document.', { name });
  }
  const draw = await pageDrawerOf(detectBinaryFormat(bytes, name));
  if (!draw) throw new AppError('file/unsupported-format', 'Pages of this format have no picture.', { name });
  try {
    const drawn = await draw(bytes, page, widthPixels);
    await send({ type: 'page-image', id, ...drawn });
  } catch (error) {
    throw asFileError(error, name);
  }
}
