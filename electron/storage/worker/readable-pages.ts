import { databaseFiles } from '../database-files.ts';
import type { DatabaseFile } from '../storage.ts';
import { committedFrames } from './log-frames.ts';
import { createPageCipher, pageBytes } from './page-cipher.ts';
import { readFileWith } from './page-file.ts';
import type { ReadableFile } from './page-file.ts';

/** The pages of a database that can be read, damaged or not, its log among them. */
export type ReadablePages = {
  /** The highest number that a page can have. */
  readonly count: number;
  /** Null for a page that is gone or not as it was written. */
  readonly read: (number: number) => Uint8Array | null;
};

const emptyFile: ReadableFile = { sizeBytes: 0, read: () => Buffer.alloc(0) };

const withFile = <Output>(path: string, work: (file: ReadableFile) => Output): Output => {
  const found = readFileWith(path, (file) => ({ output: work(file) }));
  return found ? found.output : work(emptyFile);
};

/** Gives `work` every page that is authentic under the key. Opens the files for reading, and with no other reader than ours. */
export function withReadablePages<Output>({ path, key }: DatabaseFile, work: (pages: ReadablePages) => Output): Output {
  const cipher = createPageCipher(key);
  return withFile(path, (file) =>
    withFile(databaseFiles(path).log, (log) => {
      const frames = committedFrames(log);
      const count = Math.max(Math.ceil(file.sizeBytes / pageBytes), ...frames.keys());
      const read = (number: number): Uint8Array | null => {
        if (number < 1 || number > count) return null;
        const offset = frames.get(number);
        const page =
          offset === undefined ? file.read((number - 1) * pageBytes, pageBytes) : log.read(offset, pageBytes);
        return cipher.decrypt(page, number);
      };
      return work({ count, read });
    }),
  );
}
