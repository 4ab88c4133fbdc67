import Database from 'better-sqlite3-multiple-ciphers';
import { describe, expect, it } from 'vitest';
import { migrate } from './migrate.ts';
import type { Migration } from './migrate.ts';
import { migrations } from './migrations.ts';

const createTable = (version: number): Migration => ({
  version,
  apply: (database) => void database.exec(`CREATE TABLE t${version} (x)`),
});

const tables = (database: Database): readonly unknown[] =>
  database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
const version = (database: Database): unknown => database.pragma('user_version', { simple: true });

describe('migrate', () => {
  it('applies only what is missing, in order', () => {
    const database = new Database(':memory:');
    migrate(database, [createTable(1)]);
    // Applying the first one again would throw: its table exists.
    migrate(database, [createTable(1), createTable(2), createTable(3)]);
    expect(tables(database)).toEqual([{ name: 't1' }, { name: 't2' }, { name: 't3' }]);
    expect(version(database)).toBe(3);
    database.close();
  });

  it('leaves the version before it, and none of its tables, when a migration fails', () => {
    const database = new Database(':memory:');
    const failing: Migration = {
      version: 2,
      apply: (target) => {
        target.exec('CREATE TABLE half (x)');
        throw new Error('no');
      },
    };
    expect(() => migrate(database, [createTable(1), failing])).toThrow('no');
    expect(tables(database)).toEqual([{ name: 't1' }]);
    expect(version(database)).toBe(1);
    database.close();
  });

  it('throws storage/newer-version and changes nothing when a later version wrote the database', () => {
    const database = new Database(':memory:');
    database.pragma('user_version = 9');
    expect(() => migrate(database, [createTable(1)])).toThrow(
      expect.objectContaining({ code: 'storage/newer-version' }),
    );
    expect(tables(database)).toEqual([]);
    database.close();
  });

  it('has the migrations numbered from 1 without a gap', () => {
    expect(migrations.map((migration) => migration.version)).toEqual(migrations.map((_, index) => index + 1));
  });
});
