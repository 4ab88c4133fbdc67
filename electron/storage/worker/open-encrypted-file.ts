import Database from 'better-sqlite3-multiple-ciphers';
import { getLoadablePath } from 'sqlite-vec';
import { unpackedPath } from '../../platform/unpacked-path.ts';

/** Decrypted pages that are kept at hand; SQLite's own default is half of it. */
const pageCacheKibibytes = 32 * 1024;

/** What every connection of Sotto's has, in memory or on the disk. */
export function prepareConnection(database: Database): void {
  database.pragma('foreign_keys = ON');
  database.pragma('secure_delete = ON');
  // Sorting spills into files otherwise, and those are not encrypted.
  database.pragma('temp_store = MEMORY');
  database.loadExtension(unpackedPath(getLoadablePath()));
}

/** How a file is opened. */
export type EncryptedFileOptions = {
  /** Hears each statement before it runs; tests end the process there. */
  readonly onStatement?: (sql: string) => void;
};

/**
 * A connection to an encrypted file, ready to use. The lock is exclusive, which keeps other processes out and SQLite's
 * shared index in memory; `FULL` means that a commit has reached the disk when it returns.
 */
export function openEncryptedFile(path: string, key: Uint8Array, options: EncryptedFileOptions = {}): Database {
  const { onStatement: verbose } = options;
  const database = new Database(path, { fileMustExist: true, ...(verbose && { verbose }) });
  const rawKey = Buffer.concat([Buffer.from('raw:'), key]);
  try {
    database.pragma("cipher = 'chacha20'");
    database.key(rawKey);
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    // Every page that is not at hand is decrypted again.
    database.pragma(`cache_size = -${pageCacheKibibytes}`);
    prepareConnection(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  } finally {
    rawKey.fill(0);
  }
}

/**
 * Closes a file that will be moved to its place without its log. SQLite itself says nothing when closing cannot write the
 * log back; this throws.
 */
export function closeWithoutLog(database: Database): void {
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}
