import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import type Database from 'better-sqlite3-multiple-ciphers';
import { AppError } from '../../shared/app-error.ts';
import { databaseFiles } from '../database-files.ts';
import type { DatabaseFiles } from '../database-files.ts';
import { runStorageTask } from '../run-storage-task.ts';
import type { DatabaseFile, StorageLocation } from '../storage.ts';
import { beginBackup, finishBackup } from './backups.ts';
import { makeFolder } from './make-folder.ts';
import { removeFiles } from './remove-files.ts';
import { setAside } from './set-aside.ts';
import { putInPlace } from './sync-folder.ts';

/** As SQLite has it unless told otherwise. */
const pagesBeforeCheckpoint = 1_000;

/** Long work on the open database; one piece after the other, in other threads as far as it goes. */
export type Maintenance = {
  readonly backUp: () => Promise<void>;
  readonly writeBack: () => Promise<void>;
  readonly copyTo: (target: DatabaseFile) => Promise<void>;
  /** Ends what runs; resolves when nothing does any more. */
  readonly stop: () => Promise<void>;
};

type MaintenanceParts = {
  readonly database: Database;
  readonly location: StorageLocation;
  readonly workerPath: string;
  readonly isReadOnly: boolean;
};

/** A copy of the file as it is after the last commit. Calls go on meanwhile: what they write stays in the log. */
async function copyFileOf(database: Database, files: DatabaseFiles, path: string): Promise<void> {
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.pragma('wal_autocheckpoint = 0');
  try {
    await copyFile(files.path, path);
  } finally {
    database.pragma(`wal_autocheckpoint = ${pagesBeforeCheckpoint}`);
  }
}

/** See `DatabaseMaintenance`. */
export function createMaintenance({ database, location, workerPath, isReadOnly }: MaintenanceParts): Maintenance {
  const stopping = new AbortController();
  let last: Promise<unknown> = Promise.resolve();

  const backUp = async (): Promise<void> => {
    if (location.kind === 'memory' || isReadOnly) return;
    const files = databaseFiles(location.path);
    const path = beginBackup(files);
    try {
      await copyFileOf(database, files, path);
      await runStorageTask(workerPath, { task: 'finish-backup', file: { path, key: location.key } }, stopping.signal);
      finishBackup(files, path, Date.now());
    } finally {
      removeFiles(path);
    }
  };

  const copyTo = async (target: DatabaseFile): Promise<void> => {
    const files = databaseFiles(target.path);
    if (existsSync(files.path)) throw new AppError('app/invalid-input', 'A database lies there already.');
    makeFolder(files.folder);
    const path = files.unfinished(files.folder);
    const sourcePath = files.unfinished(files.folder);
    try {
      if (location.kind === 'file') await copyFileOf(database, databaseFiles(location.path), sourcePath);
      const source = location.kind === 'file' ? { path: sourcePath, key: location.key } : database.serialize();
      await runStorageTask(workerPath, { task: 'copy', source, target: { path, key: target.key } }, stopping.signal);
      // A log that an erased database left would be taken for the new one's.
      setAside(files, Date.now());
      if (existsSync(files.path)) throw new AppError('app/invalid-input', 'A database lies there already.');
      putInPlace(path, files.path);
    } finally {
      removeFiles(path);
      removeFiles(sourcePath);
    }
  };

  const writeBack = async (): Promise<void> => {
    if (location.kind === 'file' && !isReadOnly) database.pragma('wal_checkpoint(TRUNCATE)');
    await Promise.resolve();
  };

  const enqueue = async (work: () => Promise<void>): Promise<void> => {
    const before = last;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    last = promise;
    try {
      await before;
      if (stopping.signal.aborted) throw new AppError('storage/unavailable', 'The database is closed.');
      await work();
    } finally {
      resolve(undefined);
    }
  };

  return {
    backUp: () => enqueue(backUp),
    writeBack: () => enqueue(writeBack),
    copyTo: (target) => enqueue(() => copyTo(target)),
    stop: async () => {
      stopping.abort();
      await last;
    },
  };
}
