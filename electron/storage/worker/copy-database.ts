import Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import type { DatabaseFile } from '../storage.ts';
import { verifyCopy } from './backups.ts';
import { checkStructure } from './check-database.ts';
import { createEncryptedFile } from './create-encrypted-file.ts';
import { rebuildMessageIndex } from './message-index.ts';
import { openEncryptedFile, prepareConnection } from './open-encrypted-file.ts';
import { createPurgeOperations } from './purge-operations.ts';
import { readRows } from './rows.ts';

const nameRowSchema = z.object({ name: z.string() });
const columnRowSchema = z.object({ name: z.string(), pk: z.int(), type: z.string() });
const tableRowSchema = z.object({ name: z.string(), type: z.string(), wr: z.int() });

/** An SQL name in quotes. */
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * The columns to copy. A row number that no column stands for comes along by its own name: the tables behind an index
 * refer to it.
 */
function columnsOf(database: Database, table: string, hasRowNumbers: boolean): readonly string[] {
  const columns = readRows(columnRowSchema, database.prepare(`PRAGMA table_info(${quoted(table)})`).all());
  const keys = columns.filter(({ pk }) => pk > 0);
  const isNumbered = keys.length === 1 && keys[0]?.type.toUpperCase() === 'INTEGER';
  const names = columns.map(({ name }) => quoted(name));
  return hasRowNumbers && !isNumbered ? ['rowid', ...names] : names;
}

/** Every table that has rows of its own, the ones behind the indexes among them. */
function storedTables(database: Database) {
  const roots = readRows(
    nameRowSchema,
    database
      .prepare(
        "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite!_%' ESCAPE '!'",
      )
      .all(),
  );
  const names = new Set(roots.map(({ name }) => name));
  const tables = readRows(tableRowSchema, database.prepare('PRAGMA main.table_list').all());
  return tables.filter(({ name }) => names.has(name));
}

/** Private conversations live in memory only. Their words go too, out of an index that would keep them until it is merged. */
function removePrivate(database: Database): void {
  const { changes } = database.prepare('UPDATE conversations SET deleted_at = 0 WHERE is_private = 1').run();
  if (changes === 0) return;
  const purge = createPurgeOperations(database)['maintenance.purge'];
  while (!purge(1).isDone);
  database.transaction(() => rebuildMessageIndex(database))();
}

function openSource(source: Uint8Array | DatabaseFile): Database {
  if (!(source instanceof Uint8Array)) return openEncryptedFile(source.path, source.key);
  const database = new Database(Buffer.from(source.buffer, source.byteOffset, source.byteLength));
  prepareConnection(database);
  removePrivate(database);
  return database;
}

/** Every record of one schema of a connection into another of the same version, in place of what is there. */
function copyTables(database: Database, from: 'main' | 'source', to: 'main' | 'target'): void {
  database.pragma('foreign_keys = OFF');
  database.unsafeMode(true);
  database.transaction(() => {
    for (const { name, wr } of storedTables(database)) {
      const columns = columnsOf(database, name, wr === 0).join(', ');
      database.exec(`DELETE FROM ${to}.${quoted(name)}`);
      database.exec(`INSERT INTO ${to}.${quoted(name)} (${columns}) SELECT ${columns} FROM ${from}.${quoted(name)}`);
    }
  })();
  database.unsafeMode(false);
  database.pragma('foreign_keys = ON');
}

/** Fills a database in memory, which must have the newest version, with every record of a file of that version. */
export function loadCopy(database: Database, source: DatabaseFile): void {
  const attachKey = `raw:${Buffer.from(source.key).toString('hex')}`;
  database.prepare('ATTACH DATABASE ? AS source KEY ?').run(source.path, attachKey);
  copyTables(database, 'source', 'main');
  database.exec('DETACH DATABASE source');
  // The indexes were written beneath their tables, which still believe what they knew of them before: they begin anew.
  database.pragma('writable_schema = RESET');
  checkStructure(database);
}

/**
 * Writes every record of `source`, which must have the newest version, into a new encrypted file and reads all of it once
 * more. What it leaves behind when it throws is for the caller to remove.
 */
export function copyDatabase(source: Uint8Array | DatabaseFile, target: DatabaseFile): void {
  createEncryptedFile(target.path, target.key);
  const database = openSource(source);
  const attachKey = `raw:${Buffer.from(target.key).toString('hex')}`;
  try {
    database.prepare('ATTACH DATABASE ? AS target KEY ?').run(target.path, attachKey);
    copyTables(database, 'main', 'target');
    // Detaching would say nothing when the log cannot be written back.
    database.pragma('target.wal_checkpoint(TRUNCATE)');
    database.exec('DETACH DATABASE target');
  } finally {
    database.close();
  }
  verifyCopy(target.path, target.key);
}
