import { open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { isNodeError } from '../../platform/node-error.ts';
import { AppError } from '../../shared/app-error.ts';

/** Where and how much. */
export type UploadTarget = {
  /** Absolute path of a file that does not exist yet. */
  readonly path: string;
  readonly limitBytes: number;
  /** Makes the file; default: one that only its owner can read. */
  readonly create?: (path: string) => Promise<FileHandle>;
};

const createPrivately = (path: string): Promise<FileHandle> => open(path, 'wx', 0o600);

function toFileError(error: unknown): unknown {
  if (isNodeError(error, 'ENOSPC', 'EDQUOT')) {
    return new AppError('disk/full', 'There is no room for the upload.', {}, { cause: error });
  }
  if (isNodeError(error, 'EACCES', 'EPERM', 'EROFS')) {
    return new AppError('disk/not-writable', 'The upload cannot be written.', {}, { cause: error });
  }
  return error;
}

async function writeAll(file: FileHandle, bytes: AsyncIterable<Uint8Array>, limitBytes: number): Promise<number> {
  let sizeBytes = 0;
  for await (const chunk of bytes) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > limitBytes) throw new AppError('file/too-large', 'The upload is over its limit.', { limitBytes });
    await file.writeFile(chunk);
  }
  return sizeBytes;
}

/**
 * Writes a stream of bytes to a new file and returns its size. When that fails, for whatever reason, no file stays.
 * Throws AppError `file/too-large` (without reading on), `disk/full`, `disk/not-writable`, and what the stream throws.
 */
export async function writeUpload(bytes: AsyncIterable<Uint8Array>, target: UploadTarget): Promise<number> {
  const { path, limitBytes, create = createPrivately } = target;
  try {
    const file = await create(path);
    try {
      return await writeAll(file, bytes, limitBytes);
    } finally {
      await file.close();
    }
  } catch (error) {
    await rm(path, { force: true });
    throw toFileError(error);
  }
}
