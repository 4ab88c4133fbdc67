import { AppError } from '../../shared/app-error.ts';
import { openFileSource } from '../protocol/file-source.ts';
import type { FileLocation, FileSource } from '../protocol/file-source.ts';

async function readBounded({ sizeBytes, read }: FileSource, name: string, limitBytes: number): Promise<Buffer> {
  if (sizeBytes > limitBytes) {
    throw new AppError('file/too-large', 'The file is larger than the limit.', { name, sizeBytes, limitBytes });
  }
  // One byte more than the file claims shows whether it is growing while it is read.
  const bytes = Buffer.allocUnsafe(sizeBytes + 1);
  const length = await read(bytes, 0);
  if (length > sizeBytes) throw new AppError('file/unreadable', 'The file is being written.', { name });
  if (length === 0) throw new AppError('file/empty', 'The file has no bytes.', { name });
  return bytes.subarray(0, length);
}

/**
 * Reads a regular file of at most `limitBytes` at once. Throws `file/not-found`, `file/is-folder`, `file/unreadable`,
 * `file/too-large`, `file/empty`.
 */
export async function readFileBounded(location: FileLocation, limitBytes: number): Promise<Buffer> {
  const source = await openFileSource(location);
  try {
    return await readBounded(source, location.name, limitBytes);
  } finally {
    await source.close();
  }
}
