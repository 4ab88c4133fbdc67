import { Readable } from 'node:stream';
import { RandomAccessReader } from 'yauzl';
import type { FileSource } from '../../protocol/file-source.ts';

const chunkBytes = 64 * 1024;

/** Lets the archive library read a file that may lie sealed. Closing it leaves the file open. */
export class ArchiveReader extends RandomAccessReader {
  readonly #source: Pick<FileSource, 'read'>;

  constructor(source: Pick<FileSource, 'read'>) {
    super();
    this.#source = source;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#range(start, end), { objectMode: false });
  }

  async *#range(start: number, end: number): AsyncGenerator<Buffer, void, void> {
    for (let position = start; position < end;) {
      // A stream keeps what it was given for a while, so every piece has its own memory.
      const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, end - position));
      const length = await this.#source.read(buffer, position);
      if (length === 0) return;
      position += length;
      yield buffer.subarray(0, length);
    }
  }
}
