import type { Conversation } from '../shared/conversation.ts';
import type { FolderId } from '../shared/ids.ts';
import { PrivateSide } from './private-side.ts';
import type { LabelRepository } from './label-operations.ts';
import type {
  ConversationRepository,
  DatabaseMaintenance,
  DraftRepository,
  FolderRepository,
  MessageRepository,
  Storage,
} from './storage.ts';

const newestFirst = (a: Conversation, b: Conversation): number => b.updatedAt - a.updatedAt || (a.id < b.id ? 1 : -1);

function createConversations(storage: Storage, side: PrivateSide): ConversationRepository {
  const { conversations } = storage;
  const ownerOf = async (id: Conversation['id']): Promise<ConversationRepository> =>
    side.hasConversation(id) ? (await side.open()).conversations : conversations;

  return {
    list: async () => {
      const [kept, hidden] = await Promise.all([
        conversations.list(),
        side.readIfOpen((memory) => memory.conversations.list(), []),
      ]);
      return hidden.length === 0 ? kept : [...kept, ...hidden].sort(newestFirst);
    },
    get: async (id) => (await ownerOf(id)).get(id),
    insert: async (conversation) => {
      if (!conversation.isPrivate) return conversations.insert(conversation);
      await side.keep({ conversation, messages: [] }, async (memory) => {
        await side.copyFolder(conversation.folderId, storage);
        await memory.conversations.insert(conversation);
      });
    },
    update: async (id, change) => {
      if (side.hasConversation(id)) await side.copyFolder(change.folderId, storage);
      await (await ownerOf(id)).update(id, change);
    },
    remove: async (id) => (await ownerOf(id)).remove(id),
    restore: async (id) => (await ownerOf(id)).restore(id),
    // A title by the model would leave traces of a private conversation in what the model keeps in its state.
    untitled: (limit) => conversations.untitled(limit),
  };
}

function createMessages(storage: Storage, side: PrivateSide): MessageRepository {
  const { messages } = storage;
  const memory = async (): Promise<MessageRepository> => (await side.open()).messages;
  const ownerOf = async (id: Parameters<PrivateSide['hasMessage']>[0]) => (side.hasMessage(id) ? memory() : messages);
  const ownerOfAll = async (id: Conversation['id']) => (side.hasConversation(id) ? memory() : messages);

  return {
    branch: async (tipId) => (await ownerOf(tipId)).branch(tipId),
    get: async (id) => (await ownerOf(id)).get(id),
    append: async (message) => {
      if (!side.hasConversation(message.conversationId)) return messages.append(message);
      await side.keep({ messages: [message] }, (opened) => opened.messages.append(message));
    },
    update: async (id, change) => (await ownerOf(id)).update(id, change),
    interruptStreaming: async () => {
      const hidden = await side.readIfOpen((opened) => opened.messages.interruptStreaming(), 0);
      return hidden + (await messages.interruptStreaming());
    },
    ofConversation: async (id) => (await ownerOfAll(id)).ofConversation(id),
    outline: async (id) => (await ownerOfAll(id)).outline(id),
    newestEnd: async (id) => (await ownerOf(id)).newestEnd(id),
    search: (query, limit) => messages.search(query, limit),
    searchBranch: async (tipId, query) => (await ownerOf(tipId)).searchBranch(tipId, query),
    insertConversation: async (conversation, tree) => {
      if (!conversation.isPrivate) return messages.insertConversation(conversation, tree);
      await side.keep({ conversation, messages: tree }, async (opened) => {
        await side.copyFolder(conversation.folderId, storage);
        await opened.messages.insertConversation(conversation, tree);
      });
    },
    historySummary: async (tipId) => (await ownerOf(tipId)).historySummary(tipId),
    putHistorySummary: async (summary) => (await ownerOfAll(summary.conversationId)).putHistorySummary(summary),
  };
}

function createDrafts({ drafts }: Storage, side: PrivateSide): DraftRepository {
  const ownerOf = async (key: Parameters<DraftRepository['get']>[0]): Promise<DraftRepository> =>
    side.hasConversation(key) ? (await side.open()).drafts : drafts;

  return {
    get: async (key) => (await ownerOf(key)).get(key),
    put: async (key, draft) => (await ownerOf(key)).put(key, draft),
    remove: async (key) => (await ownerOf(key)).remove(key),
  };
}

function createFolders({ folders }: Storage, side: PrivateSide): FolderRepository {
  const removeCopy = (id: FolderId) =>
    side.readIfOpen(async (memory) => {
      const isHere = (await memory.folders.list()).some((folder) => folder.id === id);
      if (isHere) await memory.folders.remove(id);
    }, undefined);

  return {
    list: () => folders.list(),
    insert: (folder) => folders.insert(folder),
    rename: (id, name) => folders.rename(id, name),
    // The copy beside private conversations is there for the reference alone: nobody asks it.
    setLocalOnly: (id, isLocalOnly) => folders.setLocalOnly(id, isLocalOnly),
    remove: async (id) => {
      await folders.remove(id);
      await removeCopy(id);
    },
  };
}

function createLabels({ labels }: Storage, side: PrivateSide): LabelRepository {
  const ownerOf = async (id: Conversation['id']): Promise<LabelRepository> =>
    side.hasConversation(id) ? (await side.open()).labels : labels;
  return {
    // Documents and collections are never private.
    ofDocuments: (ids) => labels.ofDocuments(ids),
    ofCollections: (ids) => labels.ofCollections(ids),
    namedIn: async (id) => (await ownerOf(id)).namedIn(id),
    inherited: async (id) => (await ownerOf(id)).inherited(id),
    setInherited: async (id, name) => (await ownerOf(id)).setInherited(id, name),
  };
}

function createMaintenance({ maintenance }: Storage, side: PrivateSide): DatabaseMaintenance {
  return {
    backUp: () => maintenance.backUp(),
    writeBack: () => maintenance.writeBack(),
    copyTo: (target) => maintenance.copyTo(target),
    purge: async (before) => {
      const hidden = await side.readIfOpen((memory) => memory.maintenance.purge(before), 0);
      return hidden + (await maintenance.purge(before));
    },
  };
}

/**
 * A storage in which private conversations, their messages and their drafts live in a second database, in memory only,
 * which `openMemory` opens for the first of them. Everything else goes to `storage`, also where that is in memory itself:
 * what is there may move to a disk later. Closes both.
 */
export function createPrivateLayer(storage: Storage, openMemory: () => Promise<Storage>): Storage {
  return layPrivateSide(storage, new PrivateSide(openMemory));
}

/** The same over a side that somebody else has a hand in too. */
export function layPrivateSide(storage: Storage, side: PrivateSide): Storage {
  const { presets, documents, collections, libraryFiles, passages, summaries } = storage;
  const { settings, ledger, savedStates, remotes, secrets, usage } = storage;
  return {
    get opened() {
      return storage.opened;
    },
    conversations: createConversations(storage, side),
    folders: createFolders(storage, side),
    presets,
    drafts: createDrafts(storage, side),
    messages: createMessages(storage, side),
    documents,
    collections,
    libraryFiles,
    passages,
    summaries,
    settings,
    ledger,
    labels: createLabels(storage, side),
    savedStates,
    remotes,
    secrets,
    usage,
    maintenance: createMaintenance(storage, side),
    close: async () => {
      await side.close();
      await storage.close();
    },
  };
}
