import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import Database from 'better-sqlite3-multiple-ciphers';
import { AppError } from '../../shared/app-error.ts';
import { databaseFiles } from '../database-files.ts';
import type { DatabaseFiles } from '../database-files.ts';
import type { OpenedDatabase, StorageLocation } from '../storage.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations.ts';
import { openEncryptedFile, prepareConnection } from './open-encrypted-file.ts';
import { putInPlace } from './sync-folder.ts';

/** A database that is ready for calls, and how it was found. */
export type ReadyDatabase = { readonly database: Database; readonly opened: OpenedDatabase };

function openInMemory(): ReadyDatabase {
  const database = new Database(':memory:');
  try {
    prepareConnection(database);
    migrate(database, migrations);
    return { database, opened: { isReadOnly: false, lostCommits: 0 } };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** An empty database of the newest version at a new path; readable by its owner only. The caller gives it its place. */
export function createEncryptedFile(path: string, key: Uint8Array): void {
  closeSync(openSync(path, 'wx', 0o600));
  const database = openEncryptedFile(path, key);
  try {
    migrate(database, migrations);
  } finally {
    database.close();
  }
}

const namesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : []);

function removeUnfinished({ folder, backupFolder, isUnfinished }: DatabaseFiles): void {
  for (const where of [folder, backupFolder]) {
    for (const name of namesIn(where).filter(isUnfinished)) rmSync(`${where}/${name}`);
  }
}

/** True where files lie that only an earlier database can have left. */
const hasTraces = ({ log, commits, backupFolder }: DatabaseFiles): boolean =>
  existsSync(log) || existsSync(commits) || namesIn(backupFolder).length > 0;

function createWhereNone(files: DatabaseFiles, key: Uint8Array, mayCreate: boolean): void {
  if (existsSync(files.path)) return;
  if (!mayCreate || hasTraces(files)) {
    throw new AppError('storage/corrupt', 'The database is gone, and traces of it are left.', { problem: 'missing' });
  }
  mkdirSync(files.folder, { recursive: true, mode: 0o700 });
  const path = files.unfinished(files.folder);
  createEncryptedFile(path, key);
  putInPlace(path, files.path);
}

function openFile(location: Extract<StorageLocation, { readonly kind: 'file' }>): ReadyDatabase {
  const files = databaseFiles(location.path);
  createWhereNone(files, location.key, location.mayCreate ?? true);
  accessSync(files.path, constants.R_OK | constants.W_OK);
  accessSync(files.folder, constants.W_OK);
  chmodSync(files.folder, 0o700);
  removeUnfinished(files);
  const database = openEncryptedFile(files.path, location.key);
  try {
    migrate(database, migrations);
    return { database, opened: { isReadOnly: false, lostCommits: 0 } };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Opens the database and brings it to the newest version; see `createStorage` for what it throws. */
export function openDatabase(location: StorageLocation): ReadyDatabase {
  switch (location.kind) {
    case 'memory':
      return openInMemory();
    case 'file':
      return openFile(location);
  }
}
