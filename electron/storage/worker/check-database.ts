import type Database from 'better-sqlite3-multiple-ciphers';
import { AppError } from '../../shared/app-error.ts';
import { pageBytes } from './page-cipher.ts';
import type { PageCipher } from './page-cipher.ts';
import { readFileWith } from './page-file.ts';
import type { ReadableFile } from './page-file.ts';

const corrupt = (problem: string): AppError =>
  new AppError('storage/corrupt', `The database is damaged: ${problem}.`, { problem });

/** Throws AppError `storage/corrupt` unless every page in use is authentic and the trees of the tables hold together. */
export function checkStructure(database: Database): void {
  if (database.pragma('quick_check(1)', { simple: true }) !== 'ok') throw corrupt('structure');
}

/** The numbers of all unused pages, in the list that begins in the header of the file; fails where it cannot be followed. */
function* freePages(read: (number: number) => Uint8Array): Generator<number> {
  const word = (page: Uint8Array, at: number): number => Buffer.from(page.buffer, page.byteOffset).readUInt32BE(at);
  let trunk = word(read(1), 32);
  while (trunk !== 0) {
    const page = read(trunk);
    const leaves = word(page, 4);
    for (let leaf = 0; leaf < leaves; leaf += 1) yield word(page, 8 + leaf * 4);
    trunk = word(page, 0);
  }
}

function checkWholeFile({ sizeBytes, read }: ReadableFile, cipher: PageCipher, expectedPages: number): void {
  if (sizeBytes !== expectedPages * pageBytes) throw corrupt('size');
  const readPage = (number: number): Uint8Array => {
    const page = cipher.decrypt(read((number - 1) * pageBytes, pageBytes), number);
    if (!page) throw corrupt('unused page');
    return page;
  };
  for (const number of freePages(readPage)) {
    if (!cipher.isAuthentic(read((number - 1) * pageBytes, pageBytes), number)) throw corrupt('unused page');
  }
}

/**
 * After `checkStructure`, and with everything of the log written back: throws AppError `storage/corrupt` unless the file
 * has its size and its unused pages, which SQLite never reads, are authentic too. Then not a bit of it has changed.
 */
export function checkUnusedPages(database: Database, path: string, cipher: PageCipher): void {
  const expectedPages = Number(database.pragma('page_count', { simple: true }));
  readFileWith(path, (file) => checkWholeFile(file, cipher, expectedPages));
}
