import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPageCipher, pageBytes } from '../storage/worker/page-cipher.ts';
import type { PageCipher } from '../storage/worker/page-cipher.ts';

/** Of a log: the whole one, and each page's. */
const headerBytes = { log: 32, frame: 24 } as const;

/** Pages as they lie in a database or a backup, whatever its log says of them. */
async function pagesOfFile(path: string, cipher: PageCipher): Promise<readonly (Uint8Array | null)[]> {
  const file = await readFile(path);
  return Array.from({ length: Math.floor(file.length / pageBytes) }, (_, at) =>
    cipher.decrypt(file.subarray(at * pageBytes, (at + 1) * pageBytes), at + 1),
  );
}

/** Pages in the log, those that newer ones stand for among them. */
async function pagesOfLog(path: string, cipher: PageCipher): Promise<readonly (Uint8Array | null)[]> {
  const log = await readFile(path).catch(() => Buffer.alloc(0));
  const frames = Math.floor(Math.max(0, log.length - headerBytes.log) / (headerBytes.frame + pageBytes));
  return Array.from({ length: frames }, (_, at) => {
    const frame = log.subarray(headerBytes.log + at * (headerBytes.frame + pageBytes));
    const page = frame.subarray(headerBytes.frame, headerBytes.frame + pageBytes);
    return cipher.decrypt(page, frame.readUInt32BE(0));
  });
}

/** Which of the database `sotto.db` in `folder`, its log and its backups hold a text in a page, deciphered with `key`. */
export async function findInPages(folder: string, key: Uint8Array, wanted: string): Promise<readonly string[]> {
  const cipher = createPageCipher(key);
  const has = (page: Uint8Array | null): boolean => page !== null && Buffer.from(page).includes(wanted);
  const backups = await readdir(join(folder, 'backups')).catch(() => []);
  const found: string[] = [];
  for (const name of ['sotto.db', ...backups.map((backup) => join('backups', backup))]) {
    if ((await pagesOfFile(join(folder, name), cipher)).some(has)) found.push(name);
  }
  return (await pagesOfLog(join(folder, 'sotto.db-wal'), cipher)).some(has) ? [...found, 'log'] : found;
}
