import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import type { DatabaseFiles } from '../database-files.ts';
import { pageBytes } from './page-cipher.ts';
import type { PageCipher } from './page-cipher.ts';
import { readFileWith } from './page-file.ts';
import { frameBytes, frameHeaderBytes, logHeaderBytes } from './log-format.ts';

/** Pages looked at in one file, spread over it: enough that damage does not pass for a wrong key, and quickly done. */
const sampledPages = 2_000;

/** Places of at most `sampledPages` of `count` things, the first one among them. */
function* samplePlaces(count: number): Generator<number> {
  const step = Math.max(1, Math.ceil(count / sampledPages));
  for (let place = 0; place < count; place += step) yield place;
}

function opensFile(path: string, cipher: PageCipher): boolean {
  const isOpen = readFileWith(path, ({ sizeBytes, read }) => {
    for (const place of samplePlaces(Math.floor(sizeBytes / pageBytes))) {
      if (cipher.isAuthentic(read(place * pageBytes, pageBytes), place + 1)) return true;
    }
    return false;
  });
  return isOpen ?? false;
}

function opensLog(path: string, cipher: PageCipher): boolean {
  const isOpen = readFileWith(path, ({ sizeBytes, read }) => {
    for (const place of samplePlaces(Math.floor((sizeBytes - logHeaderBytes) / frameBytes))) {
      const frame = read(logHeaderBytes + place * frameBytes, frameBytes);
      if (cipher.isAuthentic(frame.subarray(frameHeaderBytes), frame.readUInt32BE(0))) return true;
    }
    return false;
  });
  return isOpen ?? false;
}

/** True when the key opens any page of a backup. */
export function opensBackup(path: string, cipher: PageCipher): boolean {
  return opensFile(path, cipher);
}

/**
 * Throws AppError `storage/wrong-key` unless the key opens any page of the database, its log or its backups, and
 * `storage/corrupt` when it opens none of the database's own: a page that opens was written under the key, so what does
 * not open beside it is damage. Only reads.
 */
export function checkKey(files: DatabaseFiles, cipher: PageCipher): void {
  if (opensFile(files.path, cipher)) return;
  const names = existsSync(files.backupFolder) ? readdirSync(files.backupFolder) : [];
  const isKeyRight =
    opensLog(files.log, cipher) ||
    names.some((name) => files.backupTime(name) !== null && opensBackup(join(files.backupFolder, name), cipher));
  const isEmpty = readFileWith(files.path, ({ sizeBytes }) => sizeBytes < pageBytes) ?? true;
  if (isKeyRight || isEmpty) throw new AppError('storage/corrupt', 'No page can be read.', { problem: 'pages' });
  throw new AppError('storage/wrong-key', 'The key opens no page of the database.');
}
