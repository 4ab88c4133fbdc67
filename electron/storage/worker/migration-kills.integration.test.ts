import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate, versionOf } from './migrate.ts';
import { migrations } from './migrations.ts';
import { openDatabase } from './open-database.ts';
import { openEncryptedFile } from './open-encrypted-file.ts';

const victim = join(import.meta.dirname, '..', '..', 'testing', 'migration-victim.ts');
const key = randomBytes(32);
let folder: string;

/** A database of version 1 with a turn in it. */
function createOld(path: string): void {
  writeFileSync(path, '');
  const database = openEncryptedFile(path, key);
  migrate(database, migrations.slice(0, 1));
  database.exec(`
    INSERT INTO conversations VALUES ('c', 'Letters', NULL, '[]', 1, 2, NULL);
    INSERT INTO messages (id, conversation_id, role, parts, status, created_at)
      VALUES ('m', 'c', 'user', '[{"type":"text","text":"walrus"}]', 'complete', 1);
    UPDATE conversations SET tip_id = 'm';
  `);
  database.close();
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sotto-migration-'));
  createOld(join(folder, 'old.db'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Opens a copy in a process that is killed before its statement of that number; 0 lets it live. */
async function openAndKill(
  statement: number,
): Promise<{ readonly path: string; readonly output: string; readonly signal: unknown }> {
  const path = join(folder, `${statement}`, 'sotto.db');
  cpSync(join(folder, 'old.db'), path, { recursive: true });
  const child = spawn(process.execPath, [victim, path, key.toString('hex'), String(statement)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output, [, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return { path, output, signal };
}

const schemaOf = (path: string): readonly unknown[] => {
  const database = openEncryptedFile(path, key);
  try {
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    return [versionOf(database), ...database.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').all()];
  } finally {
    database.close();
  }
};

/** The schema that a database has after the migration to `version`. */
function schemaAt(version: number): readonly unknown[] {
  const path = join(folder, `version-${version}.db`);
  cpSync(join(folder, 'old.db'), path);
  const database = openEncryptedFile(path, key);
  migrate(
    database,
    migrations.filter((migration) => migration.version <= version),
  );
  database.close();
  return schemaOf(path);
}

describe('a migration', () => {
  it('leaves the old or the new database, whole, when the process is killed before any of its statements', async () => {
    const whole = await openAndKill(0);
    const statements = Number(whole.output);
    expect(statements).toBeGreaterThan(40);
    const old = schemaOf(join(folder, 'old.db'));
    const newest = schemaOf(whole.path);
    // Each migration is a transaction of its own, so a version between them is whole too.
    const between = migrations.slice(1, -1).map(({ version }) => schemaAt(version));
    const found = { old: 0, newest: 0 };
    // Two at a time: starting the processes is what takes the time.
    const killOne = async (statement: number): Promise<void> => {
      const { path, signal } = await openAndKill(statement);
      expect(signal).toBe('SIGKILL');
      // What the kill left, before anything mends it: a second look at the same files opens them as the app does.
      const copy = `${path}.seen`;
      for (const suffix of ['', '-wal']) {
        if (readdirSync(join(folder, `${statement}`)).includes(`sotto.db${suffix}`))
          cpSync(`${path}${suffix}`, `${copy}${suffix}`);
      }
      const schema = schemaOf(copy);
      const isNewest = JSON.stringify(schema) === JSON.stringify(newest);
      expect([old, ...between, newest]).toContainEqual(schema);
      found[isNewest ? 'newest' : 'old'] += 1;
      const ready = openDatabase({ kind: 'file', path, key, mayCreate: false });
      expect(ready.database.prepare('SELECT id, status FROM messages').all()).toEqual([
        { id: 'm', status: 'complete' },
      ]);
      expect(ready.database.prepare('SELECT title_origin FROM conversations').pluck().get()).toBe('first-words');
      expect(ready.opened.lostCommits).toBe(0);
      ready.close();
      const names = readdirSync(join(folder, `${statement}`), { recursive: true }).map(String);
      expect(names.filter((name) => name.includes('unfinished'))).toEqual([]);
      expect(names.filter((name) => name.startsWith('backups/')).length).toBeGreaterThan(0);
      rmSync(join(folder, `${statement}`), { recursive: true });
    };
    for (let statement = 1; statement <= statements; statement += 2) {
      await Promise.all([statement, statement + 1].filter((number) => number <= statements).map(killOne));
    }
    expect(found.old).toBeGreaterThan(0);
    expect(found.newest).toBeGreaterThan(0);
  }, 240_000);
});
