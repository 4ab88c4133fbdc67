import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { ByteSource } from '../../inference/gguf/header-window.ts';
import { toDiskError } from '../../platform/disk-room.ts';

/** Bytes that a loss of power may take; a file that is being written is put on the disk this often. */
const syncEveryBytes = 4 * 1024 * 1024;
const readBytes = 1024 * 1024;

/** The part of Node's FileHandle that writing needs; tests give one whose disk is full. */
export type PartHandle = Pick<FileHandle, 'read' | 'write' | 'datasync' | 'truncate' | 'stat' | 'close'>;
/** Opens a file for reading and writing, making it when it is not there. */
export type OpenPart = (path: string) => Promise<PartHandle>;

const openPart: OpenPart = async (path) => await open(path, 'a+', 0o644);

/**
 * The bytes of a file so far, with the digest of them, which goes on as they come. Opened over what is there, whose bytes
 * are read once more for it. Throws `disk/*`.
 */
export class PartFile implements ByteSource {
  readonly #handle: PartHandle;
  #hash: Hash = createHash('sha256');
  #sizeBytes = 0;
  #unsyncedBytes = 0;

  private constructor(handle: PartHandle) {
    this.#handle = handle;
  }

  static async open(path: string, signal: AbortSignal, openFile: OpenPart = openPart): Promise<PartFile> {
    const file = new PartFile(await orDiskError(openFile(path)));
    try {
      await orDiskError(file.#readAll(signal));
      return file;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Hexadecimal; of all bytes so far. */
  get sha256(): string {
    return this.#hash.copy().digest('hex');
  }

  async read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }> {
    return await orDiskError(this.#handle.read(buffer, offset, length, position));
  }

  async append(bytes: Uint8Array): Promise<void> {
    try {
      for (let written = 0; written < bytes.length;) {
        written += (await this.#handle.write(bytes, written, bytes.length - written)).bytesWritten;
      }
    } catch (error) {
      // Of a piece that was not written whole nothing is counted: what the file then has too much is cut off.
      await this.#handle.truncate(this.#sizeBytes).catch(() => undefined);
      throw toDiskError(error);
    }
    this.#hash.update(bytes);
    this.#sizeBytes += bytes.length;
    this.#unsyncedBytes += bytes.length;
    if (this.#unsyncedBytes >= syncEveryBytes) await this.sync();
  }

  async sync(): Promise<void> {
    await orDiskError(this.#handle.datasync());
    this.#unsyncedBytes = 0;
  }

  /** Begins anew with nothing. */
  async clear(): Promise<void> {
    await orDiskError(this.#handle.truncate(0));
    this.#hash = createHash('sha256');
    this.#sizeBytes = 0;
    this.#unsyncedBytes = 0;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  async #readAll(signal: AbortSignal): Promise<void> {
    const buffer = Buffer.allocUnsafe(readBytes);
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead } = await this.#handle.read(buffer, 0, readBytes, this.#sizeBytes);
      if (bytesRead === 0) return;
      this.#hash.update(buffer.subarray(0, bytesRead));
      this.#sizeBytes += bytesRead;
    }
  }
}

async function orDiskError<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw toDiskError(error);
  }
}
