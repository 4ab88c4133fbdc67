import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { toDiskError } from '../../platform/disk-room.ts';

const readBytes = 1024 * 1024;

/** The bytes of a package so far, with the digest of them, which goes on as they come. Throws `disk/*`. */
export class PackageFile {
  readonly #handle: FileHandle;
  #hash: Hash = createHash('sha512');
  #sizeBytes = 0;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Makes the file when it is not there; what is there is read once, for its digest. */
  static async open(path: string, signal: AbortSignal): Promise<PackageFile> {
    const file = new PackageFile(await orDiskError(open(path, 'a+', 0o600)));
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
  get sha512(): string {
    return this.#hash.copy().digest('hex');
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
  }

  async sync(): Promise<void> {
    await orDiskError(this.#handle.datasync());
  }

  /** Begins anew with nothing. */
  async clear(): Promise<void> {
    await orDiskError(this.#handle.truncate(0));
    this.#hash = createHash('sha512');
    this.#sizeBytes = 0;
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
