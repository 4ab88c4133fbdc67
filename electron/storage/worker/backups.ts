import { chmodSync, copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import type { DatabaseFiles } from '../database-files.ts';
import { checkStructure, checkUnusedPages } from './check-database.ts';
import { makeFolder } from './make-folder.ts';
import { closeWithoutLog, openEncryptedFile } from './open-encrypted-file.ts';
import { createPageCipher } from './page-cipher.ts';
import { putInPlace } from './sync-folder.ts';

/** Backups that are kept: the newest. */
const keptBackups = 3;

/** Throws AppError `storage/corrupt` unless the file at `path`, without any log, opens and is as it was written to the bit. */
export function verifyCopy(path: string, key: Uint8Array): void {
  if (existsSync(`${path}-wal`)) throw new AppError('storage/corrupt', 'A copy is not whole.', { problem: 'log' });
  const database = openEncryptedFile(path, key);
  try {
    checkStructure(database);
    checkUnusedPages(database, path, createPageCipher(key));
  } finally {
    database.close();
  }
}

/**
 * Takes the keys of the person out of a copy that becomes a backup: one that is removed later must not lie there on. What the
 * keychain has stays noted.
 */
export function forgetKeys(path: string, key: Uint8Array): void {
  const database = openEncryptedFile(path, key);
  try {
    const hasTable = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'secrets'").get();
    if (hasTable !== undefined) database.exec("DELETE FROM secrets WHERE secret <> ''");
  } finally {
    closeWithoutLog(database);
  }
}

/** The names of all backups, newest first. */
export function backupNames({ backupFolder, backupTime }: DatabaseFiles): readonly string[] {
  const names = existsSync(backupFolder) ? readdirSync(backupFolder) : [];
  return names
    .filter((name) => backupTime(name) !== null)
    .toSorted()
    .toReversed();
}

/** A new name in the backup folder, which is made where it is missing. */
export function beginBackup({ backupFolder, unfinished }: DatabaseFiles): string {
  makeFolder(backupFolder);
  return unfinished(backupFolder);
}

/** Gives a verified copy its name, and lets the oldest backups go. */
export function finishBackup(files: DatabaseFiles, path: string, now: number): void {
  chmodSync(path, 0o600);
  // A clock that was set back must not make the new backup the oldest.
  const newest = Math.max(0, ...backupNames(files).map((name) => files.backupTime(name) ?? 0));
  putInPlace(path, join(files.backupFolder, files.backupName(Math.max(now, newest + 1))));
  for (const name of backupNames(files).slice(keptBackups)) rmSync(join(files.backupFolder, name));
}

/**
 * A verified backup in one go, before the database changes its shape; its log must be empty. Throws AppError
 * `storage/corrupt` for a copy that is not the same, and what the disk says when there is no room for one.
 */
export function keepCopyBefore(files: DatabaseFiles, key: Uint8Array): void {
  const path = beginBackup(files);
  try {
    copyFileSync(files.path, path);
    forgetKeys(path, key);
    verifyCopy(path, key);
    finishBackup(files, path, Date.now());
  } catch (error) {
    rmSync(path, { force: true });
    throw AppError.isInstance(error) ? new AppError(error.code, `The backup failed: ${error.message}`) : error;
  }
}
