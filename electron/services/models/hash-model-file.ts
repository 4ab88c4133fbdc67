import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import { modelIdSchema } from '../../shared/ids.ts';
import type { ModelId } from '../../shared/ids.ts';

/** Large enough to be fast, small enough that neither an abort nor anything else waits for it. */
const chunkBytes = 1024 * 1024;

/** A model's id from the hexadecimal SHA-256 of its file. */
export function modelIdOf(digest: string): ModelId {
  return modelIdSchema.parse(`sha256:${digest.slice(0, 16)}`);
}

/** Hexadecimal SHA-256 of a file, read in pieces of 1 MiB. Throws `file/unreadable`, or the signal's reason. */
export async function hashModelFile(
  path: string,
  signal: AbortSignal,
  onProgress?: (doneBytes: number) => void,
): Promise<string> {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(chunkBytes);
  try {
    await using file = await open(path);
    for (let doneBytes = 0; ;) {
      signal.throwIfAborted();
      const { bytesRead } = await file.read(chunk, 0, chunkBytes, doneBytes);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(chunk.subarray(0, bytesRead));
      doneBytes += bytesRead;
      onProgress?.(doneBytes);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw new AppError('file/unreadable', 'The model file cannot be read.', { name: basename(path) }, { cause: error });
  }
}
