import type Database from 'better-sqlite3-multiple-ciphers';
import { AppError } from '../../shared/app-error.ts';

/** One step from a version of the database to the next; runs inside a transaction. */
export type Migration = {
  /** Version that the database has afterwards; the first is 1. */
  readonly version: number;
  readonly apply: (database: Database) => void;
};

/** The version that a database has; 0 before the first migration. */
export function versionOf(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}

/** The version that a database has after all of `migrations`. */
export function newestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}

/**
 * Applies what is missing, in order, each in a transaction of its own together with its version number. Throws AppError
 * `storage/newer-version`, without touching the database, when its version is beyond the last of `migrations`.
 */
export function migrate(database: Database, migrations: readonly Migration[]): void {
  const databaseVersion = versionOf(database);
  const supportedVersion = newestVersion(migrations);
  if (databaseVersion > supportedVersion) {
    throw new AppError('storage/newer-version', 'The database was written by a newer version.', {
      databaseVersion,
      supportedVersion,
    });
  }
  for (const { version, apply } of migrations.filter((migration) => migration.version > databaseVersion)) {
    database.transaction(() => {
      apply(database);
      database.pragma(`user_version = ${version}`);
    })();
  }
}
