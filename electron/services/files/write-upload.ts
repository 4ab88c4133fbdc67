import { randomBytes } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sealChunk, sealedChunkBytes, sealKeyBytes } from '../../parsing/protocol/sealed-file.ts';
import { isNodeError } from '../../platform/node-error.ts';
import { AppError } from '../../shared/app-error.ts';

/** Where and how much. */
export type UploadTarget = {
  /** Absolute path of a file that does not exist yet. */
  readonly path: string;
  readonly limitBytes: number;
  /** Makes the file; default: one that only its owner can read, in a folder that only they can enter. */
  readonly create?: (path: string) => Promise<FileHandle>;
};

/** What was written. */
export type Upload = {
  /** Of the content. */
  readonly sizeBytes: number;
  /** Opens the file; absent for a model, which lies as it came. */
  readonly sealKey?: Uint8Array;
};

async function createPrivately(path: string): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  return await open(path, 'wx', 0o600);
}

function toFileError(error: unknown): unknown {
  if (isNodeError(error, 'ENOSPC', 'EDQUOT')) {
    return new AppError('disk/full', 'There is no room for the upload.', {}, { cause: error });
  }
  if (isNodeError(error, 'EACCES', 'EPERM', 'EROFS')) {
    return new AppError('disk/not-writable', 'The upload cannot be written.', {}, { cause: error });
  }
  return error;
}

type Piece = { readonly content: Buffer; readonly isLast: boolean };

/** The same bytes in pieces of a chunk each, the last one shorter or, where nothing came, empty. */
async function* regroup(bytes: AsyncIterable<Uint8Array>, limitBytes: number): AsyncGenerator<Piece, void, void> {
  const buffer = Buffer.allocUnsafe(sealedChunkBytes);
  let filled = 0;
  let sizeBytes = 0;
  for await (const chunk of bytes) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > limitBytes) throw new AppError('file/too-large', 'The upload is over its limit.', { limitBytes });
    for (let taken = 0; taken < chunk.byteLength;) {
      if (filled === buffer.length) {
        yield { content: buffer, isLast: false };
        filled = 0;
      }
      const part = chunk.subarray(taken, taken + buffer.length - filled);
      buffer.set(part, filled);
      filled += part.byteLength;
      taken += part.byteLength;
    }
  }
  yield { content: buffer.subarray(0, filled), isLast: true };
}

/** A model begins with its name and a small version in four bytes, in either order: no text has bytes like these. */
function isModel(head: Buffer): boolean {
  if (head.length < 8 || head.toString('latin1', 0, 4) !== 'GGUF') return false;
  return [head.readUInt32LE(4), head.readUInt32BE(4)].some((version) => version > 0 && version < 16);
}

async function writeAll(file: FileHandle, bytes: AsyncIterable<Uint8Array>, limitBytes: number): Promise<Upload> {
  const sealKey = randomBytes(sealKeyBytes);
  let isSealed = true;
  let index = 0;
  let sizeBytes = 0;
  for await (const { content, isLast } of regroup(bytes, limitBytes)) {
    if (index === 0) isSealed = !isModel(content);
    await file.writeFile(isSealed ? sealChunk(content, sealKey, { index, isLast }) : content);
    sizeBytes += content.length;
    index += 1;
  }
  return isSealed ? { sizeBytes, sealKey } : { sizeBytes };
}

/**
 * Writes a stream of bytes to a new file, sealed with a key of its own that is only ever in memory: a process that is killed
 * leaves nothing that can be read. A model is no secret and is written as it came, for it is read by others. When writing
 * fails, for whatever reason, no file stays. Throws AppError `file/too-large` (without reading on), `disk/full`,
 * `disk/not-writable`, and what the stream throws.
 */
export async function writeUpload(bytes: AsyncIterable<Uint8Array>, target: UploadTarget): Promise<Upload> {
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
