import Database from 'better-sqlite3-multiple-ciphers';
import { load } from 'sqlite-vec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { conversationIdSchema, modelIdSchema } from '../../../shared/ids.ts';
import { createHandlers } from '../handlers.ts';
import { createFirstSchema } from './0001-create-first-schema.ts';
import { keepConversations } from './0002-keep-conversations.ts';
import { keepLibraries } from './0003-keep-libraries.ts';
import { keepStatesAndKeys } from './0004-keep-states-and-keys.ts';
import { keepWhatLeft } from './0005-keep-what-left.ts';

const conversationId = conversationIdSchema.parse('019c0000-0000-7000-8000-000000000070');

let database: Database;
beforeEach(() => {
  database = new Database(':memory:');
  database.pragma('foreign_keys = ON');
  load(database);
  for (const apply of [createFirstSchema, keepConversations, keepLibraries]) {
    database.transaction(() => apply(database))();
  }
});
afterEach(() => void database.close());

describe('keepStatesAndKeys', () => {
  it('leaves what version 3 held as it was, with room for states and keys', () => {
    database
      .prepare(
        "INSERT INTO conversations (id, title, document_ids, created_at, updated_at) VALUES (?, 'T', '[]', 1, 1)",
      )
      .run(conversationId);
    database.transaction(() => keepStatesAndKeys(database))();
    database.transaction(() => keepWhatLeft(database))();
    const handlers = createHandlers(database);
    expect(handlers['conversations.list']()).toMatchObject([{ id: conversationId, title: 'T' }]);
    expect(handlers['savedStates.list']()).toEqual([]);
    expect(handlers['secrets.owners']()).toEqual([]);
    const state = {
      conversationId,
      modelId: modelIdSchema.parse('sha256:0123456789abcdef'),
      optionsKey: 'options',
      key: new Uint8Array(32).fill(7),
      fileName: '00000000-0000-4000-8000-000000000000.state',
      sizeBytes: 5,
      tokens: 2,
      usedAt: 9,
    };
    handlers['savedStates.put'](state);
    expect(handlers['savedStates.list']()).toEqual([{ ...state, key: Buffer.from(state.key) }]);
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(database.pragma('foreign_key_check')).toEqual([]);
  });
});
