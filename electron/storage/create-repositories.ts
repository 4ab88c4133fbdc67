import type { Clock } from '../platform/clock.ts';
import { createDocumentRepositories } from './create-document-repositories.ts';
import { createLibraryRepositories } from './create-library-repositories.ts';
import type { StorageConnection } from './storage-connection.ts';
import type { Storage } from './storage.ts';

/** Everything of a storage but what concerns the database as a whole. */
type Repositories = Omit<Storage, 'opened' | 'maintenance' | 'close'>;

/** What left, and what it took. */
function createLedgerRepositories(connection: StorageConnection) {
  return {
    ledger: {
      query: (query) => connection.call('ledger.query', query),
      following: (after, limit) => connection.call('ledger.following', after, limit),
      insert: (entry, body = null) => connection.call('ledger.insert', entry, body),
      update: (id, change) => connection.call('ledger.update', id, change),
      body: (id) => connection.call('ledger.body', id),
      sums: (span) => connection.call('ledger.sums', span),
      check: () => connection.call('ledger.check'),
    },
    labels: {
      ofDocuments: (ids) => connection.call('labels.ofDocuments', ids),
      ofCollections: (ids) => connection.call('labels.ofCollections', ids),
      namedIn: (id) => connection.call('labels.namedIn', id),
      inherited: (id) => connection.call('labels.inherited', id),
      setInherited: (id, name) => connection.call('labels.setInherited', id, name),
    },
    usage: {
      month: (span) => connection.call('usage.month', span),
      conversation: (id) => connection.call('usage.conversation', id),
      localTokens: (span) => connection.call('usage.localTokens', span),
    },
  } satisfies Partial<Repositories>;
}

/** Large models elsewhere, and the keys to them. */
function createRemoteRepositories(connection: StorageConnection, clock: Clock) {
  return {
    remotes: {
      list: () => connection.call('remotes.list'),
      get: (id) => connection.call('remotes.get', id),
      insert: (remote) => connection.call('remotes.insert', remote, clock.now()),
      update: (id, text) => connection.call('remotes.update', id, text),
      remove: (id) => connection.call('remotes.remove', id),
    },
    secrets: {
      owners: () => connection.call('secrets.owners'),
      get: (owner) => connection.call('secrets.get', owner),
      put: (owner, secret) => connection.call('secrets.put', owner, secret, clock.now()),
      remove: (owner) => connection.call('secrets.remove', owner),
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
      setLocalOnly: (id, isLocalOnly) => connection.call('folders.setLocalOnly', id, isLocalOnly),
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
    savedStates: {
      list: () => connection.call('savedStates.list'),
      find: (conversationId, modelId, optionsKey) =>
        connection.call('savedStates.find', conversationId, modelId, optionsKey),
      put: (state) => connection.call('savedStates.put', state),
      use: (fileName) => connection.call('savedStates.use', fileName, clock.now()),
      remove: (fileNames) => connection.call('savedStates.remove', fileNames),
    },
    ...createLedgerRepositories(connection),
    ...createRemoteRepositories(connection, clock),
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
    ...createDocumentRepositories(connection, clock),
    ...createLibraryRepositories(connection, clock),
  };
}
