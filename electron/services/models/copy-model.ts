import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { toDiskError } from '../../platform/disk-room.ts';
import { AppError } from '../../shared/app-error.ts';

/** What a copy needs of the file that it writes; Node's FileHandle is one. */
export interface WritableFile extends AsyncDisposable {
  write(buffer: Uint8Array, offset: number, length: number): Promise<{ readonly bytesWritten: number }>;
  sync(): Promise<void>;
}

/** Opens a new file for writing; default: Node's `open`, failing when the file is there. */
export type OpenForWriting = (path: string) => Promise<WritableFile>;

/** A copy and who watches it. */
export type CopyRequest = {
  readonly from: string;
  readonly to: string;
  /** Bytes that `from` has. */
  readonly sizeBytes: number;
  readonly signal: AbortSignal;
  readonly onProgress: (doneBytes: number) => void;
  readonly openForWriting?: OpenForWriting;
};

const chunkBytes = 1024 * 1024;

async function openSource(path: string) {
  try {
    return await open(path);
  } catch (error) {
    throw new AppError('file/unreadable', 'The model file cannot be read.', { name: basename(path) }, { cause: error });
  }
}

async function writeAll(file: WritableFile, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += (await file.write(bytes, written, bytes.length - written)).bytesWritten;
  }
}

/**
 * Copies a file to a new one and onto the disk, and gives the hexadecimal SHA-256 of what was written. Throws
 * `disk/full`, `disk/not-writable`, `file/unreadable`, `model/truncated` when the source became shorter, or the
 * signal's reason. What was written so far stays: the caller removes it.
 */
export async function copyModel(request: CopyRequest): Promise<string> {
  const { from, to, sizeBytes, signal, onProgress } = request;
  const openForWriting = request.openForWriting ?? ((path: string) => open(path, 'wx', 0o644));
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(chunkBytes);
  await using source = await openSource(from);
  try {
    await using target = await openForWriting(to);
    for (let doneBytes = 0; doneBytes < sizeBytes;) {
      signal.throwIfAborted();
      const { bytesRead } = await source.read(chunk, 0, chunkBytes, doneBytes);
      if (bytesRead === 0) {
        throw new AppError('model/truncated', 'The file became shorter.', {
          expectedBytes: sizeBytes,
          actualBytes: doneBytes,
        });
      }
      const bytes = chunk.subarray(0, Math.min(bytesRead, sizeBytes - doneBytes));
      hash.update(bytes);
      await writeAll(target, bytes);
      doneBytes += bytes.length;
      onProgress(doneBytes);
    }
    await target.sync();
    return hash.digest('hex');
  } catch (error) {
    throw toDiskError(error);
  }
}
