import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { load } from 'sqlite-vec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentIdSchema, modelIdSchema, summaryIdSchema } from '../../../shared/ids.ts';
import { buildVector, scopeOf } from '../../../testing/build-records.ts';
import { createHandlers } from '../handlers.ts';
import { createFirstSchema } from './0001-create-first-schema.ts';
import { keepConversations } from './0002-keep-conversations.ts';
import { keepLibraries } from './0003-keep-libraries.ts';
import { keepStatesAndKeys } from './0004-keep-states-and-keys.ts';
import { keepWhatLeft } from './0005-keep-what-left.ts';

const id = (number: number): string => `019c0000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const whole = documentIdSchema.parse(id(1));
const half = documentIdSchema.parse(id(2));
const styles = { brief: 'one-sentence', standard: 'key-points', detailed: 'page' } as const;
const modelsFolder = join(import.meta.dirname, '../../../../resources/models');
const shippedEmbedder = readFileSync(join(modelsFolder, 'all-MiniLM-L6-v2-Q8_0.gguf'));
const shippedId = modelIdSchema.parse(
  `sha256:${createHash('sha256').update(shippedEmbedder).digest('hex').slice(0, 16)}`,
);

function insertDocument(database: Database, number: number, name: string, indexed: readonly boolean[]): void {
  const isWhole = indexed.every(Boolean);
  const counts = [indexed.length, indexed.filter(Boolean).length];
  database
    .prepare(`INSERT INTO documents VALUES (?, ?, ?, ?, 'text', 10, 30, 6, 3, NULL, ?, ?, ?, NULL, '[]', ?, NULL)`)
    .run(number, id(number), String(number).repeat(64), name, ...counts, isWhole ? 'ready' : 'indexing', number);
  database.prepare('INSERT INTO document_texts VALUES (?, 0, ?)').run(number, 'The badger sleeps in the burrow');
  indexed.forEach((hasVector, index) => {
    const passage = number * 100 + index;
    const text = `The badger ${passage} sleeps`;
    database
      .prepare("INSERT INTO passages VALUES (?, ?, ?, ?, ?, NULL, 1, 1, '[]', ?, ?)")
      .run(passage, id(passage), number, index * 10, index * 10 + 10, text, Number(hasVector));
    database.prepare("INSERT INTO passage_words (rowid, headings, text) VALUES (?, '[]', ?)").run(passage, text);
    if (!hasVector) return;
    database
      .prepare('INSERT INTO passage_vectors (passage_number, document_number, vector) VALUES (?, ?, ?)')
      .run(BigInt(passage), BigInt(number), new Uint8Array(buildVector(passage).buffer));
  });
}

/** What a version 2 can have held: an indexed document, one that was being indexed, summaries of every style, settings. */
function fill(database: Database): void {
  insertDocument(database, 1, 'whole.txt', [true, true, true]);
  insertDocument(database, 2, 'half.txt', [true, false]);
  const coverage = JSON.stringify({ sections: 0, sectionsRead: 0, characters: 0, charactersRead: 0 });
  const section = { title: 'S', place: { documentHash: '1'.repeat(64), start: 0, end: 3 }, summary: 'It sleeps.' };
  Object.keys(styles).forEach((style, index) =>
    database
      .prepare("INSERT INTO summaries VALUES (?, ?, 'n', ?, 'complete', NULL, 'S', ?, ?, NULL, NULL, NULL, ?, NULL)")
      .run(id(50 + index), whole, style, JSON.stringify([section]), coverage, index),
  );
  database
    .prepare('INSERT INTO settings VALUES (1, ?)')
    .run(JSON.stringify({ summaryStyle: 'detailed', language: 'de', isFirstStartDone: true }));
  database
    .prepare("INSERT INTO conversations (id, title, document_ids, created_at, updated_at) VALUES (?, 'T', ?, 1, 1)")
    .run(id(70), JSON.stringify([whole]));
}

let database: Database;
beforeEach(() => {
  database = new Database(':memory:');
  database.pragma('foreign_keys = ON');
  load(database);
  database.transaction(() => createFirstSchema(database))();
  database.transaction(() => keepConversations(database))();
});
afterEach(() => void database.close());

const upgrade = () => {
  database.transaction(() => keepLibraries(database))();
  database.transaction(() => keepStatesAndKeys(database))();
  database.transaction(() => keepWhatLeft(database))();
  return createHandlers(database);
};

describe('keepLibraries', () => {
  it('keeps documents and conversations, and gives the new columns their plain values', () => {
    fill(database);
    const handlers = upgrade();
    expect(handlers['documents.list']()).toMatchObject([
      { id: half, status: 'indexing', passages: 2, passagesIndexed: 1, title: null, isLoose: true },
      { id: whole, status: 'ready', passagesIndexed: 3, report: { omissions: [], hiddenCharacters: 0 } },
    ]);
    expect(handlers['documents.pages'](whole)).toEqual([]);
    expect(handlers['documents.origin'](whole)).toBeNull();
    expect(handlers['documents.text'](whole, 4, 10)).toBe('badger');
    expect(handlers['conversations.list']()).toMatchObject([{ documentIds: [whole], collectionIds: [] }]);
    expect(handlers['collections.list']()).toEqual([]);
    expect(handlers['passages.searchLexical']('badger', scopeOf([whole, half]), 10)).toHaveLength(5);
  });

  // Catches vectors that belong to another embedder than the one that made them, and a document that counts as indexed
  // while a passage of it can never be found.
  it('carries the vectors over to the index of the embedder that made them', () => {
    fill(database);
    const handlers = upgrade();
    const index = { modelId: shippedId, dimensions: 384, state: 'serving', passages: 4 };
    expect(handlers['passages.indexes']()).toEqual([index]);
    const [nearest] = handlers['passages.searchDense'](shippedId, buildVector(101), scopeOf([whole, half]), 1);
    expect(nearest).toMatchObject({ passage: { id: id(101) } });
    expect(nearest?.score).toBeCloseTo(1, 3);
    expect(handlers['passages.withoutVector'](shippedId, null, 10, []).map((passage) => passage.id)).toEqual([id(201)]);
    expect(handlers['documents.unindexed']()).toEqual([half]);
  });

  it('lets a passage wait for a new vector where the old one is not there', () => {
    fill(database);
    database.exec('DELETE FROM passage_vectors WHERE passage_number = 102');
    const handlers = upgrade();
    expect(handlers['documents.get'](whole)).toMatchObject({ status: 'indexing', passagesIndexed: 2 });
    expect(handlers['passages.countWithoutVector'](shippedId)).toBe(2);
  });

  it('renames the styles in summaries and in the settings', () => {
    fill(database);
    const handlers = upgrade();
    const found = handlers['summaries.list']().map(({ id: summaryId, style }) => [summaryId, style]);
    expect(found.toReversed()).toEqual(Object.values(styles).map((style, index) => [id(50 + index), style]));
    expect(handlers['summaries.get'](summaryIdSchema.parse(id(50)))).toMatchObject({
      length: 'medium',
      focus: '',
      statements: [],
      sections: [{ summary: 'It sleeps.', statements: [] }],
    });
    expect(handlers['settings.get']()).toMatchObject({ summaryStyle: 'page', language: 'de', isFirstStartDone: true });
  });

  it('leaves an empty database empty, without an index that nobody asked for', () => {
    const handlers = upgrade();
    expect(handlers['passages.indexes']()).toEqual([]);
    expect(database.prepare('SELECT count(*) AS count FROM settings').get()).toEqual({ count: 0 });
  });

  it('leaves a sound database whose rules hold', () => {
    fill(database);
    upgrade();
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(database.pragma('foreign_key_check')).toEqual([]);
    database.exec("INSERT INTO passage_words (passage_words, rank) VALUES ('integrity-check', 1)");
    expect(() => database.exec("INSERT INTO library_sources VALUES ('s', 'nowhere', 'folder', '/', '[]', 0)")).toThrow(
      'FOREIGN KEY',
    );
  });
});
