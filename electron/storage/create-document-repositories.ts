import type { Clock } from '../platform/clock.ts';
import type { Passage } from '../shared/document.ts';
import type { StorageConnection } from './storage-connection.ts';
import type { Storage, StoredDocument, StoredPage } from './storage.ts';

/** Characters, passages and boxes sent to the worker at once: copying those of a long book in one go would hold up the app. */
const stagedCharacters = 1_000_000;
const stagedPassages = 256;
const stagedRuns = 10_000;

/** Pages in slices that have no more boxes together than may go at once, or one page each. */
function* slicesOfPages(pages: readonly StoredPage[]): Generator<{ offset: number; slice: readonly StoredPage[] }> {
  let offset = 0;
  let runs = 0;
  for (const [at, page] of pages.entries()) {
    if (at > offset && runs + page.runs.length > stagedRuns) {
      yield { offset, slice: pages.slice(offset, at) };
      [offset, runs] = [at, 0];
    }
    // A page without a box counts too.
    runs += page.runs.length + 1;
  }
  if (offset < pages.length) yield { offset, slice: pages.slice(offset) };
}

async function insertDocument(
  connection: StorageConnection,
  { description, text, pages, headings }: StoredDocument,
  passages: readonly Passage[],
): Promise<void> {
  const { id } = description;
  for (let index = 0; index * stagedCharacters < text.length; index += 1) {
    const slice = text.slice(index * stagedCharacters, (index + 1) * stagedCharacters);
    await connection.call('documents.stageText', id, index, slice);
  }
  for (let offset = 0; offset < passages.length; offset += stagedPassages) {
    const batch = passages.slice(offset, offset + stagedPassages);
    await connection.call('documents.stagePassages', id, offset, batch);
  }
  for (const { offset, slice } of slicesOfPages(pages ?? [])) {
    await connection.call('documents.stagePages', id, offset, slice);
  }
  await connection.call('documents.insert', { description, headings });
}

/** Documents and their passages. */
export function createDocumentRepositories(
  connection: StorageConnection,
  clock: Clock,
): Pick<Storage, 'documents' | 'passages'> {
  return {
    documents: {
      list: () => connection.call('documents.list'),
      unindexed: () => connection.call('documents.unindexed'),
      inScope: (scope, limit) => connection.call('documents.inScope', scope, limit),
      get: (id) => connection.call('documents.get', id),
      findByHash: (hash) => connection.call('documents.findByHash', hash),
      insert: (document, passages) => insertDocument(connection, document, passages),
      update: (id, change) => connection.call('documents.update', id, change),
      removeOrphans: () => connection.call('documents.removeOrphans', clock.now()),
      pages: (id) => connection.call('documents.pages', id),
      page: (id, page) => connection.call('documents.page', id, page),
      origin: (id) => connection.call('documents.origin', id),
      setOrigin: (id, origin) => connection.call('documents.setOrigin', id, origin),
      appendBytes: (id, index, bytes, isLast) => connection.call('documents.appendBytes', id, index, bytes, isLast),
      bytes: (id, index) => connection.call('documents.bytes', id, index),
      headings: (id) => connection.call('documents.headings', id),
      text: (id, start, end) => connection.call('documents.text', id, start, end),
      remove: (id) => connection.call('documents.remove', id, clock.now()),
      restore: (id) => connection.call('documents.restore', id),
    },
    passages: {
      ofDocument: (id) => connection.call('passages.ofDocument', id),
      get: (ids) => connection.call('passages.get', ids),
      neighbours: (id, reach) => connection.call('passages.neighbours', id, reach),
      indexes: () => connection.call('passages.indexes'),
      openIndex: (modelId, dimensions) => connection.call('passages.openIndex', modelId, dimensions),
      promoteIndex: (modelId) => connection.call('passages.promoteIndex', modelId),
      dropIndex: (modelId) => connection.call('passages.dropIndex', modelId),
      withoutVector: (modelId, id, limit, exceptDocuments = []) =>
        connection.call('passages.withoutVector', modelId, id, limit, exceptDocuments),
      countWithoutVector: (modelId) => connection.call('passages.countWithoutVector', modelId),
      insertVectors: (modelId, vectors) => connection.call('passages.insertVectors', modelId, vectors),
      vectors: (ids) => connection.call('passages.vectors', ids),
      searchLexical: (query, scope, limit) => connection.call('passages.searchLexical', query, scope, limit),
      searchDense: (modelId, vector, scope, limit) =>
        connection.call('passages.searchDense', modelId, vector, scope, limit),
      wordCounts: (words, scope) => connection.call('passages.wordCounts', words, scope),
    },
  };
}
