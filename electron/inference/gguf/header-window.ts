import { malformed, truncated } from './gguf-error.ts';

/** Bytes of a file by position; fewer than asked for at its end. */
export interface ByteSource {
  read(buffer: Buffer, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>;
}

/** No header that is read reaches further, in bytes. The largest vocabularies known take some 16 MiB. */
export const headerLimitBytes = 64 * 1024 * 1024;

const firstChunkBytes = 64 * 1024;
const chunkBytes = 1024 * 1024;

/**
 * A window that moves over a file from its start to its end, never back, and never beyond the header limit. Asked for
 * more than the file has, it throws `model/truncated`; beyond the limit, `model/malformed`. Numbers are little-endian.
 */
export class HeaderWindow {
  readonly sizeBytes: number;
  readonly #source: ByteSource;
  readonly #signal: AbortSignal | undefined;
  #buffer: Buffer<ArrayBufferLike> = Buffer.alloc(0);
  /** Position in the file of the buffer's first byte. */
  #start = 0;
  #offset = 0;
  #bytesRead = 0;

  constructor(source: ByteSource, sizeBytes: number, signal?: AbortSignal) {
    this.#source = source;
    this.sizeBytes = sizeBytes;
    this.#signal = signal;
  }

  get position(): number {
    return this.#start + this.#offset;
  }

  /** Bytes that were really read. */
  get bytesRead(): number {
    return this.#bytesRead;
  }

  /** Bytes from here to the end of the file. */
  get remainingBytes(): number {
    return this.sizeBytes - this.position;
  }

  has(length: number): boolean {
    return this.#offset + length <= this.#buffer.length;
  }

  /** Makes the next `length` bytes available to the synchronous readers. */
  async need(length: number): Promise<void> {
    if (this.has(length)) return;
    this.#signal?.throwIfAborted();
    this.#check(length);
    const rest = this.#buffer.subarray(this.#offset);
    const wanted = Math.max(length, this.position === 0 ? firstChunkBytes : chunkBytes);
    const next = Buffer.allocUnsafe(Math.min(wanted, this.remainingBytes));
    rest.copy(next);
    let filled = rest.length;
    while (filled < next.length) {
      const { bytesRead } = await this.#source.read(next, filled, next.length - filled, this.position + filled);
      this.#bytesRead += bytesRead;
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    this.#start = this.position;
    this.#offset = 0;
    this.#buffer = next.subarray(0, filled);
    // The file became shorter while it was read.
    if (filled < length) throw truncated(null, this.#start + filled);
  }

  /** Moves on without reading what lies between. */
  skip(length: number): void {
    if (!this.has(length)) this.#check(length);
    if (this.has(length)) {
      this.#offset += length;
      return;
    }
    this.#start = this.position + length;
    this.#offset = 0;
    this.#buffer = Buffer.alloc(0);
  }

  u32(): number {
    return this.#buffer.readUInt32LE(this.#advance(4));
  }

  /** An unsigned 64-bit number as a double: exact up to 2^53, and far beyond every limit above that. */
  u64(): number {
    const low = this.u32();
    return this.u32() * 0x1_0000_0000 + low;
  }

  /** The next bytes themselves; valid until the next `need`. */
  bytes(length: number): Buffer {
    const at = this.#advance(length);
    return this.#buffer.subarray(at, at + length);
  }

  #advance(length: number): number {
    const at = this.#offset;
    this.#offset += length;
    return at;
  }

  #check(length: number): void {
    const end = this.position + length;
    if (end > this.sizeBytes) throw truncated(null, this.sizeBytes);
    if (end > headerLimitBytes) throw malformed('header-too-long', { limitBytes: headerLimitBytes });
  }
}
