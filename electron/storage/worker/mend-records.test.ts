import Database from 'better-sqlite3-multiple-ciphers';
import { load } from 'sqlite-vec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectionIdSchema, libraryFileIdSchema, sourceIdSchema } from '../../shared/ids.ts';
import type { DocumentId } from '../../shared/ids.ts';
import { buildDocument, buildSummary, buildVector, scopeOf, testEmbedderId } from '../../testing/build-records.ts';
import type { Handlers } from '../operations.ts';
import { createHandlers } from './handlers.ts';
import { mendRecords } from './mend-records.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations.ts';

const collectionId = collectionIdSchema.parse('019c0000-0000-7000-8000-000000000001');
const sourceId = sourceIdSchema.parse('019c0000-0000-7000-8000-000000000002');
const fileId = libraryFileIdSchema.parse('019c0000-0000-7000-8000-000000000003');

let database: Database;
let handlers: Handlers;
let documentId: DocumentId;
beforeEach(() => {
  database = new Database(':memory:');
  load(database);
  migrate(database, migrations);
  handlers = createHandlers(database);
  documentId = fill();
});
afterEach(() => void database.close());

/** A collection of one file, indexed, with two pages and its bytes. */
function fill(): DocumentId {
  const { document, passages } = buildDocument(['otters swim', 'badgers dig'], {
    isLoose: false,
    pages: 2,
    format: 'pdf',
  });
  const { description, headings } = document;
  const { id } = description;
  handlers['documents.stageText'](id, 0, document.text);
  handlers['documents.stagePassages'](id, 0, passages);
  const page = { start: 0, end: 9, label: null, reading: 'text', size: null } as const;
  handlers['documents.stagePages'](
    id,
    0,
    [1, 2].map((number) => ({ page: { ...page, page: number }, runs: [] })),
  );
  handlers['documents.insert']({ description, headings });
  handlers['documents.appendBytes'](id, 0, new Uint8Array([1, 2]), false);
  handlers['documents.appendBytes'](id, 1, new Uint8Array([3]), true);
  handlers['passages.openIndex'](testEmbedderId, 384);
  const vectors = passages.map((passage, index) => ({ passageId: passage.id, vector: buildVector(index) }));
  handlers['passages.insertVectors'](testEmbedderId, vectors);
  handlers['documents.update'](id, { status: 'ready' });
  handlers['collections.insert']({ id: collectionId, name: 'Animals', isLocalOnly: false, createdAt: 1 });
  const path = '/home/ada/Animals';
  handlers['collections.insertSource']({
    id: sourceId,
    collectionId,
    kind: 'folder',
    path,
    ignorePatterns: [],
    isLocalOnly: false,
  });
  handlers['libraryFiles.put'](sourceId, collectionId, [
    { id: fileId, path: 'a.pdf', sizeBytes: 3, modifiedAt: 1, skipped: null },
  ]);
  handlers['libraryFiles.update'](fileId, { status: 'ready', documentId: id });
  return id;
}

/** Loses rows as a damaged page does, and mends what is left. */
function mend(loss: string) {
  database.pragma('foreign_keys = OFF');
  database.exec(loss);
  const report = database.transaction(() => mendRecords(database, new Set()))();
  database.pragma('foreign_keys = ON');
  expect(database.pragma('foreign_key_check')).toEqual([]);
  return report;
}
const file = () => handlers['libraryFiles.get'](fileId);
const near = () => handlers['passages.searchDense'](testEmbedderId, buildVector(1), scopeOf([documentId]), 1);

describe('mendRecords', () => {
  it('leaves a whole library as it is', () => {
    expect(mend('')).toMatchObject({ documents: 1, unreadable: 0 });
    expect(file()).toMatchObject({ status: 'ready', documentId });
    expect(handlers['documents.pages'](documentId)).toHaveLength(2);
    expect(handlers['documents.bytes'](documentId, 1)).toEqual(Buffer.from([3]));
    expect(near()).toMatchObject([{ passage: { text: 'badgers dig' } }]);
    expect(handlers['documents.get'](documentId)).toMatchObject({ status: 'ready', passagesIndexed: 2 });
  });

  it('brings a lost collection back under the name of its folder', () => {
    mend('DELETE FROM collections');
    expect(handlers['collections.list']()).toMatchObject([{ id: collectionId, name: 'Animals' }]);
    expect(file()).toMatchObject({ status: 'ready' });
  });

  it('lets files go whose source is lost', () => {
    mend('DELETE FROM library_sources');
    expect(file()).toBeNull();
    expect(handlers['documents.removeOrphans'](5)).toEqual([documentId]);
  });

  it('reads a file again whose document is not whole', () => {
    expect(mend("DELETE FROM passages WHERE text = 'otters swim'")).toMatchObject({ documents: 0, unreadable: 1 });
    expect(file()).toMatchObject({ status: 'waiting', documentId: null, hash: null });
    expect(database.prepare('SELECT count(*) FROM vectors').pluck().get()).toBe(0);
    expect(handlers['passages.countWithoutVector'](testEmbedderId)).toBe(0);
  });

  it('waits for the vectors that are lost, and for all of them with their index', () => {
    mend('DELETE FROM vectors WHERE passage_number = (SELECT max(number) FROM passages)');
    expect(handlers['documents.get'](documentId)).toMatchObject({ status: 'indexing', passagesIndexed: 1 });
    expect(handlers['passages.withoutVector'](testEmbedderId, null, 5, [])).toMatchObject([{ text: 'badgers dig' }]);
    mend('DELETE FROM vector_indexes');
    expect(handlers['passages.indexes']()).toEqual([]);
    expect(handlers['documents.get'](documentId)).toMatchObject({ status: 'indexing', passagesIndexed: 0 });
    expect(handlers['passages.openIndex'](testEmbedderId, 384)).toMatchObject({ state: 'serving', passages: 0 });
  });

  it('keeps the text of a document that lost a page, a part of its bytes or its first number', () => {
    mend(
      'DELETE FROM document_pages WHERE page = 2; DELETE FROM document_bytes WHERE piece = 1; UPDATE documents SET first_passage = NULL;',
    );
    expect(handlers['documents.pages'](documentId)).toEqual([]);
    expect(handlers['documents.origin'](documentId)).toBeNull();
    expect(near()).toHaveLength(1);
  });

  it('takes what version 2 wrote for what it means today', () => {
    const summary = buildSummary(handlers['documents.get'](documentId)!, { status: 'complete' });
    handlers['summaries.insert'](summary);
    mend("UPDATE summaries SET style = 'detailed'");
    expect(handlers['summaries.list']()).toMatchObject([{ style: 'page' }]);
  });
});
