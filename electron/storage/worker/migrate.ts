import type Database from 'better-sqlite3-multiple-ciphers';
import { AppError } from '../../shared/app-error.ts';

/** One step from a version of the database to the next; runs inside a transaction. */
export type Migration = {
  /** Version that the database has afterwards; the first is 1. */
  readonly version: number;
  readonly apply: (database: Database) => void;
};

/**
 * Applies what is missing, in order, each in a transaction of its own together with its version number. Throws AppError
 * `storage/newer-version`, without touching the database, when its version is beyond the last of `migrations`.
 */
export function migrate(database: Database, migrations: readonly Migration[]): void {
  const found = Number(database.pragma('user_version', { simple: true }));
  const newest = migrations.at(-1)?.version ?? 0;
  if (found > newest) {
    throw new AppError('storage/newer-version', 'The database was written by a newer version.', {
      databaseVersion: found,
      supportedVersion: newest,
    });
  }
  for (const { version, apply } of migrations.filter((migration) => migration.version > found)) {
    database.transaction(() => {
      apply(database);
      database.pragma(`user_version = ${version}`);
    })();
  }
}
