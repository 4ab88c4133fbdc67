import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { AppError } from '../../shared/app-error.ts';

/**
 * The text of a small file that somebody else may have written. Throws what opening throws, and `file/too-large` for
 * more than `limitBytes`, `file/unreadable` for what is no file: a pipe would be waited for without end.
 */
export async function readBoundedText(path: string, limitBytes: number): Promise<string> {
  await using file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  const found = await file.stat();
  if (!found.isFile()) throw new AppError('file/unreadable', 'This is no file.');
  if (found.size > limitBytes) throw new AppError('file/too-large', 'The file is too large.', { limitBytes });
  const buffer = Buffer.alloc(found.size);
  let doneBytes = 0;
  while (doneBytes < buffer.length) {
    const { bytesRead } = await file.read(buffer, doneBytes, buffer.length - doneBytes, doneBytes);
    if (bytesRead === 0) break;
    doneBytes += bytesRead;
  }
  return buffer.toString('utf8', 0, doneBytes);
}
