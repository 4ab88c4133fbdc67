import Database from 'better-sqlite3-multiple-ciphers';
import { load } from 'sqlite-vec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  buildConversation,
  buildDocument,
  buildMessage,
  buildSummary,
  buildVector,
  scopeOf,
  testEmbedderId,
} from '../../testing/build-records.ts';
import { buildLedgerEntry } from '../../testing/build-ledger-entry.ts';
import { emptyDraft } from '../../shared/draft.ts';
import { collectionIdSchema, libraryFileIdSchema, sourceIdSchema } from '../../shared/ids.ts';
import type { Handlers } from '../operations.ts';
import { createHandlers } from './handlers.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations.ts';

let database: Database;
let handlers: Handlers;
beforeEach(() => {
  database = new Database(':memory:');
  database.pragma('foreign_keys = ON');
  load(database);
  migrate(database, migrations);
  handlers = createHandlers(database);
});
afterEach(() => void database.close());

/** What all batches removed together, and how many there were. */
function purge(before: number): { readonly removed: number; readonly batches: number } {
  let removed = 0;
  for (let batches = 1; ; batches += 1) {
    const batch = handlers['maintenance.purge'](before);
    removed += batch.removed;
    if (batch.isDone) return { removed, batches };
  }
}

/** Every value of every table as text, words of the full-text indexes and their shadow tables among them. */
function everything(): string {
  const tables = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
    .all() as { readonly name: string }[];
  const rows = tables.flatMap(({ name }) => database.prepare(`SELECT * FROM "${name}"`).all());
  const plain = (value: unknown): string =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value);
  return rows.flatMap((row) => Object.values(row as object).map(plain)).join('\n');
}

function storeConversation(word: string, messages = 3): ReturnType<typeof buildConversation> {
  const conversation = buildConversation({ title: `${word}title` });
  const parts = [{ type: 'text', text: `${word}text` }] as const;
  const first = buildMessage(conversation.id, { parts });
  const others = Array.from({ length: messages - 1 }, () =>
    buildMessage(conversation.id, { parentId: first.id, parts }),
  );
  handlers['messages.insertConversation']({ ...conversation, tipId: first.id }, [first, ...others]);
  handlers['drafts.put'](conversation.id, { ...emptyDraft, text: `${word}draft` });
  handlers['messages.putHistorySummary']({ conversationId: conversation.id, messageId: first.id, text: `${word}sum` });
  const sent = buildLedgerEntry({ conversationId: conversation.id, bodyHash: 'ab' });
  handlers['ledger.insert'](sent, Uint8Array.from(Buffer.from(`${word}sent`)));
  return conversation;
}

function storeDocument(word: string, passages = 3) {
  const built = buildDocument(
    Array.from({ length: passages }, (_, index) => `${word}text ${index}`),
    { name: `${word}name` },
  );
  handlers['documents.stagePassages'](built.document.description.id, 0, built.passages);
  handlers['documents.insert'](built.document);
  handlers['passages.openIndex'](testEmbedderId, 384);
  handlers['passages.insertVectors'](
    testEmbedderId,
    built.passages.map(({ id }, index) => ({ passageId: id, vector: buildVector(index) })),
  );
  return built.document.description;
}

describe("operation 'maintenance.purge'", () => {
  it('removes what was deleted before the instant with all that belongs to it, and not a letter stays', () => {
    const gone = storeConversation('walrus');
    const kept = storeConversation('zebra');
    const late = storeConversation('heron');
    const goneDocument = storeDocument('badger');
    const keptDocument = storeDocument('otter');
    const summary = buildSummary(goneDocument, { status: 'complete', summary: 'stays' });
    const goneSummary = buildSummary(keptDocument, { summary: 'ferret' });
    for (const one of [summary, goneSummary]) handlers['summaries.insert'](one);
    handlers['conversations.remove'](gone.id, 1_000);
    handlers['conversations.remove'](late.id, 2_000);
    handlers['documents.remove'](goneDocument.id, 1_000);
    handlers['summaries.remove'](goneSummary.id, 1_000);

    expect(purge(2_000).removed).toBe(2);
    // That something left stays written down.
    expect(handlers['ledger.check']()).toEqual({ status: 'whole', entries: 3, unchained: 0 });
    const left = everything();
    for (const word of ['walrus', 'badgertext', 'ferret']) expect(left).not.toContain(word);
    for (const word of ['zebratext', 'zebratitle', 'zebradraft', 'zebrasent', 'heron', 'otter', 'stays'])
      expect(left).toContain(word);
    expect(handlers['messages.search']('zebratext', 10).hits).toHaveLength(3);
    expect(handlers['messages.search']('zebratitle', 10).hits).toMatchObject([{ conversationId: kept.id }]);
    expect(handlers['passages.searchLexical']('ottertext', scopeOf([keptDocument.id]), 10)).toHaveLength(3);
    expect(
      handlers['passages.searchDense'](testEmbedderId, buildVector(0), scopeOf([keptDocument.id]), 10),
    ).toHaveLength(3);
    expect(handlers['summaries.list']()).toMatchObject([{ id: summary.id }]);
    // What was deleted later can still be undone, and what went cannot.
    handlers['conversations.restore'](late.id);
    expect(handlers['messages.search']('herontext', 10).hits).toHaveLength(3);
    expect(() => handlers['conversations.restore'](gone.id)).toThrow(
      expect.objectContaining({ code: 'app/not-found' }),
    );
    expect(database.pragma('foreign_key_check')).toEqual([]);
    database.exec("INSERT INTO passage_words (passage_words, rank) VALUES ('integrity-check', 1)");
    database.exec("INSERT INTO message_words (message_words) VALUES ('integrity-check')");
  });

  // One transaction over a conversation of years would keep everybody else waiting.
  it('removes a long conversation and a long document in batches, and goes on after a break', () => {
    const conversation = storeConversation('walrus', 1_000);
    const document = storeDocument('badger', 500);
    handlers['conversations.remove'](conversation.id, 1_000);
    handlers['documents.remove'](document.id, 1_000);
    expect(handlers['maintenance.purge'](2_000)).toEqual({ removed: 0, isDone: false });
    // Meanwhile the app was closed and opened again.
    handlers = createHandlers(database);
    expect(handlers['messages.search']('walrustext', 10).hits).toEqual([]);
    // Half a conversation must not come back.
    expect(() => handlers['conversations.restore'](conversation.id)).toThrow('no such conversation');
    const { removed, batches } = purge(2_000);
    expect(removed).toBe(2);
    expect(batches).toBeGreaterThan(8);
    expect(everything()).not.toMatch(/walrus|badgertext/);
    expect(database.pragma('foreign_key_check')).toEqual([]);
  });

  it('does nothing in its first batch when nothing was deleted', () => {
    storeConversation('walrus');
    expect(handlers['maintenance.purge'](Date.now())).toEqual({ removed: 0, isDone: true });
    expect(handlers['messages.search']('walrustext', 10).hits).toHaveLength(3);
  });

  // Catches what is left of a library that a person deleted: names of files, words of pages, vectors.
  it('leaves nothing of a removed collection, of the documents that only it held, and of a dropped index', () => {
    const id = collectionIdSchema.parse('019c0000-0000-7000-8000-000000000001');
    const sourceId = sourceIdSchema.parse('019c0000-0000-7000-8000-000000000002');
    const fileId = libraryFileIdSchema.parse('019c0000-0000-7000-8000-000000000003');
    handlers['collections.insert']({ id, name: 'walruscollection', isLocalOnly: false, createdAt: 1 });
    const path = '/home/walrussource';
    handlers['collections.insertSource']({
      id: sourceId,
      collectionId: id,
      kind: 'folder',
      path,
      ignorePatterns: ['walrusignored'],
      isLocalOnly: false,
    });
    const found = { id: fileId, path: 'walrusfile', sizeBytes: 1, modifiedAt: 1, skipped: null };
    handlers['libraryFiles.put'](sourceId, id, [found]);
    const document = storeDocument('walrus', 450);
    handlers['documents.update'](document.id, { isLoose: false });
    handlers['documents.setOrigin'](document.id, { kind: 'path', path: '/home/walrusorigin' });
    handlers['libraryFiles.update'](fileId, { status: 'ready', documentId: document.id });
    handlers['passages.dropIndex'](testEmbedderId);
    handlers['collections.remove'](id, 1_000);
    purge(2_000);
    expect(everything()).not.toContain('walrus');
    const left = ['library_files', 'library_sources', 'vectors', 'awaited_vectors', 'vector_indexes', 'documents'];
    for (const table of left) {
      expect([table, database.prepare(`SELECT count(*) FROM ${table}`).pluck().get()]).toEqual([table, 0]);
    }
    expect(database.pragma('foreign_key_check')).toEqual([]);
  });
});
