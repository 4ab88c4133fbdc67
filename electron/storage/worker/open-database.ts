import { accessSync, chmodSync, constants, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { AppError } from '../../shared/app-error.ts';
import { databaseFiles } from '../database-files.ts';
import type { DatabaseFiles } from '../database-files.ts';
import type { OpenedDatabase, StorageLocation } from '../storage.ts';
import { keepCopyBefore } from './backups.ts';
import { checkStructure, checkUnusedPages } from './check-database.ts';
import { checkKey } from './check-key.ts';
import { createCommitCounter } from './commit-counter.ts';
import { loadCopy } from './copy-database.ts';
import { createEncryptedFile } from './create-encrypted-file.ts';
import { makeFolder } from './make-folder.ts';
import { migrate, newestVersion, versionOf } from './migrate.ts';
import { migrations } from './migrations.ts';
import { openEncryptedFile, prepareConnection } from './open-encrypted-file.ts';
import type { EncryptedFileOptions } from './open-encrypted-file.ts';
import { createPageCipher } from './page-cipher.ts';
import type { PageCipher } from './page-cipher.ts';
import { putInPlace } from './sync-folder.ts';

type FileLocation = Extract<StorageLocation, { readonly kind: 'file' }>;

/** A database that is ready for calls, and how it was found. */
export type ReadyDatabase = {
  readonly database: Database;
  readonly opened: OpenedDatabase;
  /** Runs one call in a transaction of its own. Throws AppError `storage/read-only` for a change that may not be. */
  readonly run: <Output>(work: () => Output) => Output;
  readonly close: () => void;
};

function openInMemory({ copyOf }: Extract<StorageLocation, { readonly kind: 'memory' }>): ReadyDatabase {
  const database = new Database(':memory:');
  try {
    prepareConnection(database);
    migrate(database, migrations);
    if (copyOf !== undefined) loadCopy(database, copyOf);
    return {
      database,
      opened: { isReadOnly: false, lostCommits: 0 },
      run: (work) => work(),
      close: () => void database.close(),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

const namesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : []);

function removeUnfinished({ folder, backupFolder, isUnfinished }: DatabaseFiles): void {
  for (const where of [folder, backupFolder]) {
    for (const name of namesIn(where).filter(isUnfinished)) rmSync(join(where, name));
  }
}

/** True where files lie that only an earlier database can have left. */
const hasTraces = ({ log, commits, backupFolder, backupTime }: DatabaseFiles): boolean =>
  existsSync(log) || existsSync(commits) || namesIn(backupFolder).some((name) => backupTime(name) !== null);

function createWhereNone(files: DatabaseFiles, { key, mayCreate = true }: FileLocation): void {
  if (existsSync(files.path)) return;
  if (!mayCreate || hasTraces(files)) {
    throw new AppError('storage/corrupt', 'The database is gone, and traces of it are left.', { problem: 'missing' });
  }
  makeFolder(files.folder);
  const path = files.unfinished(files.folder);
  createEncryptedFile(path, key);
  putInPlace(path, files.path);
}

/** What a newer Sotto wrote is left as it is: the connection itself refuses changes, whatever a statement says. */
function openNewer(database: Database): ReadyDatabase {
  database.pragma('query_only = ON');
  return {
    database,
    opened: { isReadOnly: true, lostCommits: 0 },
    run: (work) => {
      try {
        return work();
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'SQLITE_READONLY')) throw error;
        throw new AppError('storage/read-only', 'A newer version wrote this database.');
      }
    },
    close: () => void database.close(),
  };
}

/** Moves the log into the file. A disk without room for it keeps nobody from reading. */
function writeBackLog(database: Database): boolean {
  try {
    database.pragma('wal_checkpoint(TRUNCATE)');
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_FULL') return false;
    throw error;
  }
}

function makeReady(database: Database, files: DatabaseFiles, key: Uint8Array, cipher: PageCipher): ReadyDatabase {
  checkStructure(database);
  if (versionOf(database) > newestVersion(migrations)) return openNewer(database);
  if (writeBackLog(database)) checkUnusedPages(database, files.path, cipher);
  if (versionOf(database) < newestVersion(migrations)) {
    keepCopyBefore(files, key);
    migrate(database, migrations);
  }
  const counter = createCommitCounter(database, files.commits);
  return {
    database,
    opened: { isReadOnly: false, lostCommits: counter.lostCommits },
    run: counter.run,
    close: () => {
      database.close();
      counter.close();
    },
  };
}

function openFile(location: FileLocation, options: EncryptedFileOptions): ReadyDatabase {
  const files = databaseFiles(location.path);
  createWhereNone(files, location);
  accessSync(files.path, constants.R_OK | constants.W_OK);
  accessSync(files.folder, constants.W_OK);
  const cipher = createPageCipher(location.key);
  checkKey(files, cipher);
  chmodSync(files.folder, 0o700);
  removeUnfinished(files);
  const database = openEncryptedFile(files.path, location.key, options);
  try {
    return makeReady(database, files, location.key, cipher);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Opens the database and brings it to the newest version; see `createStorage` for what it throws. */
export function openDatabase(location: StorageLocation, options: EncryptedFileOptions = {}): ReadyDatabase {
  switch (location.kind) {
    case 'memory':
      return openInMemory(location);
    case 'file':
      return openFile(location, options);
  }
}
