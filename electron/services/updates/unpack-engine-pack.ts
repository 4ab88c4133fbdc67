import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { enginePackRecordName } from '../../inference/protocol/engine-pack.ts';
import type { EnginePackRecord } from '../../inference/protocol/engine-pack.ts';
import { toDiskError } from '../../platform/disk-room.ts';
import { syncFolder } from '../../platform/sync-folder.ts';
import { AppError, isAbortError } from '../../shared/app-error.ts';
import type { EnginePack } from './engine-pack-list.ts';

/** What is unpacked, and where it goes. */
export type UnpackRequest = {
  /** Absolute; its digest was checked. */
  readonly path: string;
  readonly pack: EnginePack;
  /** Version of the inference library. */
  readonly library: string;
  /** Absolute; takes the place of what is there. */
  readonly folder: string;
};

/** The bytes of a stream in pieces of the lengths that are asked for. */
class Pieces {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(stream: AsyncIterable<Buffer>) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  /** At most `limit` bytes; empty at the end. */
  async next(limit: number): Promise<Buffer> {
    while (this.#rest.length === 0) {
      const step = await this.#chunks.next();
      if (step.done === true) return Buffer.alloc(0);
      this.#rest = step.value;
    }
    const piece = this.#rest.subarray(0, limit);
    this.#rest = this.#rest.subarray(piece.length);
    return piece;
  }
}

const damaged = (reason: string): AppError =>
  new AppError('update/damaged', 'The pack holds something else than its list says.', { reason });

async function writeFileOf(pieces: Pieces, handle: FileHandle, sizeBytes: number): Promise<void> {
  for (let written = 0; written < sizeBytes;) {
    const piece = await pieces.next(sizeBytes - written);
    if (piece.length === 0) throw damaged('size-differs');
    for (let done = 0; done < piece.length;) done += (await handle.write(piece, done)).bytesWritten;
    written += piece.length;
  }
  await handle.sync();
}

async function writeAll(pieces: Pieces, { pack, library }: UnpackRequest, folder: string): Promise<EnginePackRecord> {
  const packages: EnginePackRecord['packages'][number][] = [];
  for (const { name, files } of pack.packages) {
    const kept: EnginePackRecord['packages'][number]['files'][number][] = [];
    for (const { path, sizeBytes } of files) {
      const target = join(folder, name, path);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      const handle = await open(target, 'wx', 0o600);
      try {
        await writeFileOf(pieces, handle, sizeBytes);
      } finally {
        await handle.close();
      }
      kept.push({ path, sizeBytes, mtimeMs: (await stat(target)).mtimeMs });
    }
    packages.push({ name, files: kept });
  }
  if ((await pieces.next(1)).length > 0) throw damaged('size-differs');
  return { format: 1, library, packages };
}

/**
 * Puts the libraries of a pack where the engine looks for them: all of them or none. Never writes more than the list says,
 * whatever the file inflates to. Throws AppError `update/damaged`, `disk/*`, or the signal's reason.
 */
export async function unpackEnginePack(request: UnpackRequest, signal: AbortSignal): Promise<void> {
  const { path, folder } = request;
  const [next, old] = [`${folder}.new`, `${folder}.old`];
  try {
    await rm(next, { recursive: true, force: true });
    await mkdir(next, { recursive: true, mode: 0o700 });
    const file = createReadStream(path, { signal });
    const inflated = createGunzip();
    file.on('error', (error) => inflated.destroy(error));
    // It may come before the first piece is asked for, when nobody listens; whoever asks then is told.
    inflated.on('error', () => undefined);
    try {
      const record = await writeAll(new Pieces(file.pipe(inflated)), request, next);
      await writeFile(join(next, enginePackRecordName), JSON.stringify(record), { mode: 0o600, flush: true });
    } finally {
      file.destroy();
      inflated.destroy();
    }
    await rm(old, { recursive: true, force: true });
    await rename(folder, old).catch(() => undefined);
    await rename(next, folder);
    await syncFolder(dirname(folder));
  } catch (error) {
    await rm(next, { recursive: true, force: true }).catch(() => undefined);
    signal.throwIfAborted();
    throw asError(error);
  }
  // What could not be removed, because it is in use, is removed next time.
  await rm(old, { recursive: true, force: true }).catch(() => undefined);
}

function asError(error: unknown): unknown {
  if (AppError.isInstance(error) || isAbortError(error)) return error;
  const isFromZlib = error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
  return isFromZlib ? damaged('not-gzip') : toDiskError(error);
}
