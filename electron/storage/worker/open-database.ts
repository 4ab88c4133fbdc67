import Database from 'better-sqlite3-multiple-ciphers';
import { load as loadVectorSearch } from 'sqlite-vec';
import type { StorageLocation } from '../storage.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations.ts';

function pathOf(location: StorageLocation): string {
  switch (location.kind) {
    case 'memory':
      return ':memory:';
  }
}

/**
 * Opens the database and brings it to the newest version. Throws AppError `storage/newer-version` when a later Sotto
 * wrote it.
 */
export function openDatabase(location: StorageLocation): Database {
  const database = new Database(pathOf(location));
  try {
    database.pragma('foreign_keys = ON');
    loadVectorSearch(database);
    migrate(database, migrations);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
