import Database from 'better-sqlite3-multiple-ciphers';
import { load } from 'sqlite-vec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHandlers } from '../handlers.ts';
import { createFirstSchema } from './0001-create-first-schema.ts';
import { keepConversations } from './0002-keep-conversations.ts';
import { keepLibraries } from './0003-keep-libraries.ts';
import { keepStatesAndKeys } from './0004-keep-states-and-keys.ts';
import { keepWhatLeft } from './0005-keep-what-left.ts';

const ids = {
  titled: '019c0000-0000-7000-8000-000000000001',
  empty: '019c0000-0000-7000-8000-000000000002',
  removed: '019c0000-0000-7000-8000-000000000003',
  question: '019c0000-0000-7000-8000-000000000011',
  answer: '019c0000-0000-7000-8000-000000000012',
  growing: '019c0000-0000-7000-8000-000000000013',
  lost: '019c0000-0000-7000-8000-000000000014',
  document: '019c0000-0000-7000-8000-000000000021',
  summary: '019c0000-0000-7000-8000-000000000031',
};

/** One of everything that version 1 could hold, with turns that are finished, cut short and deleted. */
function fill(database: Database): void {
  const text = (words: string) => JSON.stringify([{ type: 'text', text: words }]);
  const insertConversation = database.prepare('INSERT INTO conversations VALUES (?, ?, NULL, ?, ?, ?, ?)');
  insertConversation.run(ids.titled, 'Letters from Köln', '[]', 1_000, 9_000, null);
  insertConversation.run(ids.empty, '', '[]', 2_000, 2_000, null);
  insertConversation.run(ids.removed, 'Gone', '[]', 3_000, 3_000, 4_000);
  const insertMessage = database.prepare(`
    INSERT INTO messages (id, conversation_id, parent_id, role, parts, status, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  insertMessage.run(ids.question, ids.titled, null, 'user', text('Where is the walrus?'), 'complete', 5_000);
  insertMessage.run(ids.answer, ids.titled, ids.question, 'assistant', text('A walrus naps.'), 'complete', 5_000);
  insertMessage.run(ids.growing, ids.titled, ids.question, 'assistant', text('Half a walrus'), 'streaming', 7_000);
  insertMessage.run(ids.lost, ids.removed, null, 'user', text('walrus'), 'complete', 8_000);
  database.prepare('UPDATE conversations SET tip_id = ? WHERE id = ?').run(ids.answer, ids.titled);
  database
    .prepare(
      "INSERT INTO documents VALUES (1, ?, ?, 'n', 'text', 1, 1, 1, 1, NULL, 0, 0, 'ready', NULL, '[]', 1, NULL)",
    )
    .run(ids.document, 'a'.repeat(64));
  const coverage = JSON.stringify({ sections: 0, sectionsRead: 0, characters: 0, charactersRead: 0 });
  database
    .prepare(
      "INSERT INTO summaries VALUES (?, ?, 'n', 'standard', 'complete', NULL, 'S', '[]', ?, NULL, NULL, NULL, 1, NULL)",
    )
    .run(ids.summary, ids.document, coverage);
}

let database: Database;
beforeEach(() => {
  database = new Database(':memory:');
  database.pragma('foreign_keys = ON');
  load(database);
  database.transaction(() => createFirstSchema(database))();
  fill(database);
  database.transaction(() => keepConversations(database))();
  // What reads the records is of the newest version.
  database.transaction(() => keepLibraries(database))();
  database.transaction(() => keepStatesAndKeys(database))();
  database.transaction(() => keepWhatLeft(database))();
});
afterEach(() => void database.close());

describe('keepConversations', () => {
  it('keeps every record of version 1, and gives the new columns their plain values', () => {
    const handlers = createHandlers(database);
    expect(handlers['conversations.list']()).toMatchObject([
      {
        id: ids.titled,
        title: 'Letters from Köln',
        titleOrigin: 'first-words',
        tipId: ids.answer,
        folderId: null,
        isPinned: false,
        isArchived: false,
        isPrivate: false,
        options: { presetId: null, trimming: null },
      },
      { id: ids.empty, titleOrigin: 'none' },
    ]);
    expect(handlers['summaries.list']()).toMatchObject([{ id: ids.summary, documentId: ids.document }]);
    expect(database.prepare('SELECT id, error FROM messages ORDER BY id').all()).toEqual(
      [ids.question, ids.answer, ids.growing, ids.lost].map((id) => ({ id, error: null })),
    );
    expect(database.prepare('SELECT * FROM commits').all()).toEqual([{ one: 1, count: 0 }]);
  });

  it('makes what was written before it findable, newest first, without answers that still grow', () => {
    const { hits } = createHandlers(database)['messages.search']('walrus', 10);
    expect(hits.map(({ messageId }) => messageId)).toEqual([ids.answer, ids.question]);
    const [title] = createHandlers(database)['messages.search']('koln', 10).hits;
    expect(title).toMatchObject({ conversationId: ids.titled, messageId: null, matches: [{ start: 13, end: 17 }] });
  });

  it('leaves a sound database whose rules still hold', () => {
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(database.pragma('foreign_key_check')).toEqual([]);
    const insertFolderless = () =>
      database.prepare('UPDATE conversations SET folder_id = ? WHERE id = ?').run('nowhere', ids.titled);
    expect(insertFolderless).toThrow('FOREIGN KEY');
    // A summary outlives its document: the rule of version 1 against it is gone.
    database.exec('DELETE FROM documents');
    expect(database.prepare('SELECT count(*) AS count FROM summaries').get()).toEqual({ count: 1 });
  });
});
