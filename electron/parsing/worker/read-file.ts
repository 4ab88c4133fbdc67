import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { AppError } from '../../shared/app-error.ts';
import type { AppErrorCode } from '../../shared/app-error.ts';

const codes: Readonly<Record<string, AppErrorCode>> = {
  ENOENT: 'file/not-found',
  ENOTDIR: 'file/not-found',
  EISDIR: 'file/is-folder',
};

/** What a failed call of the file system is to the user. */
export function fileError(error: unknown, name: string): AppError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new AppError(codes[code] ?? 'file/unreadable', `The file cannot be read (${code}).`, { name });
}

async function readBounded(handle: FileHandle, name: string, limitBytes: number): Promise<Buffer> {
  const stats = await handle.stat();
  if (stats.isDirectory()) throw new AppError('file/is-folder', 'A folder is not a document.', { name });
  if (!stats.isFile()) throw new AppError('file/unreadable', 'Not a regular file.', { name });
  const tooLarge = (sizeBytes: number): AppError =>
    new AppError('file/too-large', 'The file is larger than the limit.', { name, sizeBytes, limitBytes });
  if (stats.size > limitBytes) throw tooLarge(stats.size);
  // One byte more than the file claims shows whether it is growing while it is read.
  const bytes = Buffer.allocUnsafe(stats.size + 1);
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  if (length > stats.size) throw new AppError('file/unreadable', 'The file is being written.', { name });
  return bytes.subarray(0, length);
}

/**
 * Reads a regular file of at most `limitBytes` at once. Throws `file/not-found`, `file/is-folder`, `file/unreadable`,
 * `file/too-large`, `file/empty`.
 */
export async function readFileBounded(path: string, name: string, limitBytes: number): Promise<Buffer> {
  let handle: FileHandle;
  try {
    // A named pipe would wait for a writer for ever; O_NONBLOCK does not exist on Windows, where there are none.
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw fileError(error, name);
  }
  try {
    const bytes = await readBounded(handle, name, limitBytes);
    if (bytes.length === 0) throw new AppError('file/empty', 'The file has no bytes.', { name });
    return bytes;
  } catch (error) {
    throw AppError.isInstance(error) ? error : fileError(error, name);
  } finally {
    await handle.close();
  }
}
