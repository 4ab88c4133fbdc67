import Database from 'better-sqlite3-multiple-ciphers';
import { load } from 'sqlite-vec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { conversationIdSchema } from '../../../shared/ids.ts';
import { ledgerQuerySchema } from '../../../shared/ledger-query.ts';
import { buildLedgerEntry } from '../../../testing/build-ledger-entry.ts';
import { createHandlers } from '../handlers.ts';
import { createFirstSchema } from './0001-create-first-schema.ts';
import { keepConversations } from './0002-keep-conversations.ts';
import { keepLibraries } from './0003-keep-libraries.ts';
import { keepStatesAndKeys } from './0004-keep-states-and-keys.ts';
import { keepWhatLeft } from './0005-keep-what-left.ts';

const conversationId = conversationIdSchema.parse('019c0000-0000-7000-8000-000000000070');
const oldEntryId = '019c0000-0000-7000-8000-000000000071';

let database: Database;
beforeEach(() => {
  database = new Database(':memory:');
  database.pragma('foreign_keys = ON');
  load(database);
  for (const apply of [createFirstSchema, keepConversations, keepLibraries, keepStatesAndKeys]) {
    database.transaction(() => apply(database))();
  }
  database
    .prepare("INSERT INTO conversations (id, title, document_ids, created_at, updated_at) VALUES (?, 'T', '[]', 1, 1)")
    .run(conversationId);
  database
    .prepare(
      `INSERT INTO ledger (id, at, host, purpose, asked_by, outcome, bytes_sent, bytes_received)
       VALUES (?, 3, 'hub.example', 'model-search', 'models', 'completed', 10, 20)`,
    )
    .run(oldEntryId);
  database.transaction(() => keepWhatLeft(database))();
});
afterEach(() => void database.close());

describe('keepWhatLeft', () => {
  it('leaves what version 4 held as it was', () => {
    const handlers = createHandlers(database);
    expect(handlers['conversations.list']()).toMatchObject([{ id: conversationId, title: 'T', isLocalOnly: false }]);
    expect(handlers['labels.inherited'](conversationId)).toBeNull();
    expect(handlers['ledger.query'](ledgerQuerySchema.parse({}))).toMatchObject({
      entries: [{ id: oldEntryId, bytesReceived: 20, bodyHash: null, chainHash: '', conversationId: null }],
      total: 1,
    });
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(database.pragma('foreign_key_check')).toEqual([]);
  });

  // An entry of before has no hash, and must not make every ledger look broken.
  it('begins the chain with what comes now, and counts what was there apart', () => {
    const handlers = createHandlers(database);
    expect(handlers['ledger.check']()).toEqual({ status: 'whole', entries: 0, unchained: 1 });
    handlers['ledger.insert'](buildLedgerEntry({ at: 4 }), null);
    expect(handlers['ledger.check']()).toEqual({ status: 'whole', entries: 1, unchained: 1 });
  });
});
