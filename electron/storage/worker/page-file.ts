import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { isNodeError } from '../../platform/node-error.ts';

/** A file read in pieces at any place; a piece that ends beyond the file comes back short. */
export type ReadableFile = {
  readonly sizeBytes: number;
  readonly read: (offset: number, length: number) => Buffer;
};

/** Gives `work` the file to read, and closes it afterwards; null, without a call, where there is none. */
export function readFileWith<Output>(path: string, work: (file: ReadableFile) => Output): Output | null {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    if (isNodeError(error, 'ENOENT')) return null;
    throw error;
  }
  try {
    return work({
      sizeBytes: fstatSync(descriptor).size,
      read: (offset, length) => {
        const piece = Buffer.alloc(length);
        return piece.subarray(0, readSync(descriptor, piece, 0, length, offset));
      },
    });
  } finally {
    closeSync(descriptor);
  }
}
