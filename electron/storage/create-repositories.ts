import type { Clock } from '../platform/clock.ts';
import type { Passage } from '../shared/document.ts';
import type { SourceId } from '../shared/ids.ts';
import type { StorageConnection } from './storage-connection.ts';
import type { Storage, StoredDocument, StoredPage } from './storage.ts';

/** Everything of a storage but what concerns the database as a whole. */
export type Repositories = Omit<Storage, 'opened' | 'maintenance' | 'close'>;

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

/** A source with its files, in batches, so that other calls have their turn between them. */
async function removeSource(connection: StorageConnection, id: SourceId): Promise<void> {
  while (!(await connection.call('collections.removeSource', id)));
}

/** Documents, their passages, and the collections that they come from. */
function createLibraryRepositories(connection: StorageConnection, clock: Clock) {
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
      withoutVector: (modelId, id, limit) => connection.call('passages.withoutVector', modelId, id, limit),
      countWithoutVector: (modelId) => connection.call('passages.countWithoutVector', modelId),
      insertVectors: (modelId, vectors) => connection.call('passages.insertVectors', modelId, vectors),
      vectors: (ids) => connection.call('passages.vectors', ids),
      searchLexical: (query, scope, limit) => connection.call('passages.searchLexical', query, scope, limit),
      searchDense: (modelId, vector, scope, limit) =>
        connection.call('passages.searchDense', modelId, vector, scope, limit),
      wordCounts: (words, scope) => connection.call('passages.wordCounts', words, scope),
    },
    collections: {
      list: () => connection.call('collections.list'),
      sources: () => connection.call('collections.sources'),
      counts: (id) => connection.call('collections.counts', id),
      insert: (collection) => connection.call('collections.insert', collection),
      rename: (id, name) => connection.call('collections.rename', id, name),
      remove: (id) => connection.call('collections.remove', id, clock.now()),
      restore: (id) => connection.call('collections.restore', id),
      insertSource: (source) => connection.call('collections.insertSource', source),
      updateSource: (id, change) => connection.call('collections.updateSource', id, change),
      removeSource: (id) => removeSource(connection, id),
    },
    libraryFiles: {
      list: (request) => connection.call('libraryFiles.list', request),
      get: (id) => connection.call('libraryFiles.get', id),
      ofSource: (id, afterPath, limit) => connection.call('libraryFiles.ofSource', id, afterPath, limit),
      ofDocument: (id) => connection.call('libraryFiles.ofDocument', id),
      put: (sourceId, collectionId, files) => connection.call('libraryFiles.put', sourceId, collectionId, files),
      move: (id, path) => connection.call('libraryFiles.move', id, path),
      remove: (ids) => connection.call('libraryFiles.remove', ids),
      update: (id, change) => connection.call('libraryFiles.update', id, change),
      waiting: (limit, { collectionId = null, exceptSources = [] } = {}) =>
        connection.call('libraryFiles.waiting', limit, collectionId, exceptSources),
      followDocument: (id) => connection.call('libraryFiles.followDocument', id),
    },
  } satisfies Partial<Repositories>;
}

/** Those around the conversations, and the records that a person rarely changes. */
function createSmallRepositories(connection: StorageConnection, clock: Clock) {
  return {
    folders: {
      list: () => connection.call('folders.list'),
      insert: (folder) => connection.call('folders.insert', folder),
      rename: (id, name) => connection.call('folders.rename', id, name),
      remove: (id) => connection.call('folders.remove', id),
    },
    presets: {
      list: () => connection.call('presets.list'),
      put: (preset) => connection.call('presets.put', preset),
      remove: (id) => connection.call('presets.remove', id, clock.now()),
      restore: (id) => connection.call('presets.restore', id),
      hiddenBuiltIns: () => connection.call('presets.hiddenBuiltIns'),
      setBuiltInHidden: (id, isHidden) => connection.call('presets.setBuiltInHidden', id, isHidden),
    },
    drafts: {
      get: (key) => connection.call('drafts.get', key),
      put: (key, draft) => connection.call('drafts.put', key, draft),
      remove: (key) => connection.call('drafts.remove', key),
    },
    summaries: {
      list: () => connection.call('summaries.list'),
      get: (id) => connection.call('summaries.get', id),
      insert: (summary) => connection.call('summaries.insert', summary),
      update: (id, change) => connection.call('summaries.update', id, change),
      remove: (id) => connection.call('summaries.remove', id, clock.now()),
      restore: (id) => connection.call('summaries.restore', id),
      requeueRunning: () => connection.call('summaries.requeueRunning'),
      putNode: (node) => connection.call('summaries.putNode', node),
      nodes: (id) => connection.call('summaries.nodes', id),
      latestTree: (id) => connection.call('summaries.latestTree', id),
    },
    settings: {
      get: () => connection.call('settings.get'),
      update: (patch) => connection.call('settings.update', patch),
    },
    ledger: {
      list: (limit) => connection.call('ledger.list', limit),
      insert: (entry) => connection.call('ledger.insert', entry),
      update: (id, change) => connection.call('ledger.update', id, change),
    },
  } satisfies Partial<Repositories>;
}

/** The repositories over one open database. */
export function createRepositories(connection: StorageConnection, clock: Clock): Repositories {
  return {
    conversations: {
      list: () => connection.call('conversations.list'),
      get: (id) => connection.call('conversations.get', id),
      insert: (conversation) => connection.call('conversations.insert', conversation),
      update: (id, change) => connection.call('conversations.update', id, change),
      remove: (id) => connection.call('conversations.remove', id, clock.now()),
      restore: (id) => connection.call('conversations.restore', id),
      untitled: (limit) => connection.call('conversations.untitled', limit),
    },
    ...createSmallRepositories(connection, clock),
    messages: {
      branch: (tipId) => connection.call('messages.branch', tipId),
      get: (id) => connection.call('messages.get', id),
      append: (message) => connection.call('messages.append', message),
      update: (id, change) => connection.call('messages.update', id, change),
      interruptStreaming: () => connection.call('messages.interruptStreaming'),
      ofConversation: (id) => connection.call('messages.ofConversation', id),
      outline: (id) => connection.call('messages.outline', id),
      newestEnd: (id) => connection.call('messages.newestEnd', id),
      search: (query, limit) => connection.call('messages.search', query, limit),
      searchBranch: (tipId, query) => connection.call('messages.searchBranch', tipId, query),
      insertConversation: (conversation, messages) =>
        connection.call('messages.insertConversation', conversation, messages),
      historySummary: (tipId) => connection.call('messages.historySummary', tipId),
      putHistorySummary: (summary) => connection.call('messages.putHistorySummary', summary),
    },
    ...createLibraryRepositories(connection, clock),
  };
}
