import { copyFileSync, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import type { Backup, RescueReport } from '../../shared/access.ts';
import { AppError } from '../../shared/app-error.ts';
import { databaseFiles } from '../database-files.ts';
import type { DatabaseFile } from '../storage.ts';
import { backupNames, verifyCopy } from './backups.ts';
import { opensBackup } from './check-key.ts';
import { createEncryptedFile } from './create-encrypted-file.ts';
import { rebuildIndexes } from './mend-records.ts';
import { makeFolder } from './make-folder.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations.ts';
import { closeWithoutLog, openEncryptedFile, prepareConnection } from './open-encrypted-file.ts';
import { createPageCipher } from './page-cipher.ts';
import { removeFiles } from './remove-files.ts';
import { rescueRecords } from './rescue-records.ts';
import { setAside } from './set-aside.ts';
import { putInPlace } from './sync-folder.ts';

/** See `DamagedDatabase.backups`. */
export function listBackups({ path, key }: DatabaseFile): readonly Backup[] {
  const files = databaseFiles(path);
  const cipher = createPageCipher(key);
  return backupNames(files).flatMap((name) => {
    const madeAt = files.backupTime(name);
    const backup = join(files.backupFolder, name);
    return madeAt !== null && opensBackup(backup, cipher) ? [{ name, madeAt, sizeBytes: statSync(backup).size }] : [];
  });
}

/** Puts a verified database where the damaged one lies, which stays under another name. */
function replaceDamaged(file: DatabaseFile, now: number, make: (path: string) => void): void {
  const files = databaseFiles(file.path);
  makeFolder(files.folder);
  const path = files.unfinished(files.folder);
  try {
    make(path);
    verifyCopy(path, file.key);
    setAside(files, now);
    putInPlace(path, files.path);
  } finally {
    removeFiles(path);
  }
}

/** See `DamagedDatabase.restoreBackup`. Throws AppError `app/not-found` for a name that is none of the backups'. */
export function restoreBackup(file: DatabaseFile, name: string, now: number): void {
  const files = databaseFiles(file.path);
  const backup = join(files.backupFolder, name);
  if (!backupNames(files).includes(name) || !existsSync(backup)) {
    throw new AppError('app/not-found', 'There is no such backup.', { kind: 'backup' });
  }
  replaceDamaged(file, now, (path) => copyFileSync(backup, path));
}

/** See `DamagedDatabase.inspect`. */
export function inspectDamaged(file: DatabaseFile): RescueReport {
  const database = new Database(':memory:');
  try {
    prepareConnection(database);
    migrate(database, migrations);
    return rescueRecords(file, database);
  } finally {
    database.close();
  }
}

function fillRescued(file: DatabaseFile, path: string): RescueReport {
  createEncryptedFile(path, file.key);
  const database = openEncryptedFile(path, file.key);
  try {
    const report = rescueRecords(file, database);
    rebuildIndexes(database);
    closeWithoutLog(database);
    return report;
  } finally {
    database.close();
  }
}

/** See `DamagedDatabase.rescue`. */
export function rescueDamaged(file: DatabaseFile, now: number): RescueReport {
  let report: RescueReport | undefined;
  replaceDamaged(file, now, (path) => {
    report = fillRescued(file, path);
  });
  if (!report) throw new AppError('app/unexpected', 'The rescue ended without a report.');
  return report;
}
