import Database from 'better-sqlite3-multiple-ciphers';
import { load } from 'sqlite-vec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { conversationIdSchema, createId } from '../../shared/ids.ts';
import type { LedgerEntry } from '../../shared/ledger-entry.ts';
import { buildLedgerEntry } from '../../testing/build-ledger-entry.ts';
import type { Handlers } from '../operations.ts';
import { createHandlers } from './handlers.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations.ts';

let database: Database;
let handlers: Handlers;
let entries: readonly LedgerEntry[];
beforeEach(() => {
  database = new Database(':memory:');
  load(database);
  migrate(database, migrations);
  handlers = createHandlers(database);
  entries = Array.from({ length: 6 }, (_, at) =>
    buildLedgerEntry({ at, bodyHash: 'ab', conversationId: createId(conversationIdSchema) }),
  );
  for (const entry of entries) handlers['ledger.insert'](entry, null);
});
afterEach(() => void database.close());

/** Somebody who writes to the database and not through this program. */
function tamper(sql: string, ...values: readonly (string | number)[]): void {
  database.exec('DROP TRIGGER ledger_is_kept; DROP TRIGGER ledger_is_fixed');
  expect(database.prepare(sql).run(...values).changes).toBeGreaterThan(0);
}

const nth = (index: number): string => entries[index]?.id ?? '';

describe('checkLedger', () => {
  it('finds a chain whole, also when what may change has changed', () => {
    handlers['ledger.update'](entries[2]!.id, { outcome: 'completed', bytesSent: 12, costMicroDollars: 4 });
    expect(handlers['ledger.check']()).toEqual({ status: 'whole', entries: 6, unchained: 0 });
  });

  it.each([
    ['at', 99],
    ['host', 'elsewhere.example'],
    ['purpose', 'update-check'],
    ['asked_by', 'nobody'],
    ['body_hash', 'cd'],
    ['conversation_id', '019c0000-0000-7000-8000-000000000070'],
    ['chain_hash', 'ef'],
  ])('names the entry whose %s was changed', (column, value) => {
    tamper(`UPDATE ledger SET ${column} = ? WHERE id = ?`, value, nth(3));
    expect(handlers['ledger.check']()).toMatchObject({ status: 'broken', entryId: nth(3), entries: 3 });
  });

  it('names the entry behind one that was removed', () => {
    tamper('DELETE FROM ledger WHERE id = ?', nth(2));
    expect(handlers['ledger.check']()).toMatchObject({ status: 'broken', entryId: nth(3), entries: 2 });
  });

  // A chain alone cannot tell: what is left of it hangs together.
  it('sees that the end was removed', () => {
    tamper('DELETE FROM ledger WHERE id = ?', nth(5));
    expect(handlers['ledger.check']()).toMatchObject({ status: 'broken', entryId: nth(4), entries: 5 });
  });

  it('sees that everything was removed', () => {
    tamper('DELETE FROM ledger');
    expect(handlers['ledger.check']()).toEqual({ status: 'broken', entryId: '', at: 0, entries: 0 });
  });

  it('sees two that were exchanged', () => {
    tamper('UPDATE ledger SET chain_number = 100 WHERE id = ?', nth(1));
    database.prepare('UPDATE ledger SET chain_number = 2 WHERE id = ?').run(nth(2));
    database.prepare('UPDATE ledger SET chain_number = 3 WHERE id = ?').run(nth(1));
    expect(handlers['ledger.check']()).toMatchObject({ status: 'broken', entryId: nth(2), entries: 1 });
  });

  it('sees one that was put in without a place in the chain', () => {
    database.exec(`INSERT INTO ledger (id, at, host, purpose, asked_by, outcome, bytes_sent, bytes_received)
      VALUES ('x', 1, 'h', 'provider', 'a', 'completed', 1, 1)`);
    expect(handlers['ledger.check']()).toMatchObject({ status: 'broken', entries: 6 });
  });

  it('is guarded in the database itself', () => {
    expect(() => database.exec('DELETE FROM ledger')).toThrow('never removed');
    expect(() => database.exec("UPDATE ledger SET host = 'other'")).toThrow('never rewritten');
    expect(() => database.exec("UPDATE ledger SET outcome = 'failed'")).not.toThrow();
  });
});
