import type { ExportStep, ImportedConversation, ImportedMessage } from '../../parsing/protocol/export-protocol.ts';
import { AppError } from '../../shared/app-error.ts';
import { createId, folderIdSchema } from '../../shared/ids.ts';
import type { ConversationId, DocumentId, FolderId, PresetId } from '../../shared/ids.ts';
import type { ImportReport, ImportSource } from '../../shared/transfer.ts';
import { wellFormedText } from '../../shared/well-formed-text.ts';
import type { Storage } from '../../storage/storage.ts';
import { buildImported, importedId } from './build-imported.ts';
import type { ImportedTree, Surroundings } from './build-imported.ts';
import { createLeftOut } from './left-out.ts';

/** What an import writes to. */
export type ImportStorage = Pick<Storage, 'collections' | 'conversations' | 'folders' | 'messages' | 'documents'>;

/** What an import stands on. */
export type ImportParts = {
  readonly storage: ImportStorage;
  readonly presetIds: ReadonlySet<PresetId>;
  /** Milliseconds since 1970. */
  readonly now: number;
};

/** Folders that one import may make; conversations of further ones stand outside any. */
const newFolderLimit = 100;

/** How often a conversation may have been imported and deleted again. */
const attemptLimit = 32;

async function createFolderFinder({ storage, now }: ImportParts) {
  const folders = new Map<string, FolderId>((await storage.folders.list()).map(({ id, name }) => [name, id]));
  let made = 0;
  return async (wanted: string | null): Promise<FolderId | null> => {
    const name = wellFormedText(wanted ?? '')
      .replace(/\s+/g, ' ')
      .trim();
    if (name === '') return null;
    const known = folders.get(name);
    if (known !== undefined) return known;
    if (made === newFolderLimit) return null;
    const id = createId(folderIdSchema);
    await storage.folders.insert({ id, name, isLocalOnly: false, createdAt: now });
    folders.set(name, id);
    made += 1;
    return id;
  };
}

/** A conversation that is being read. What is left out of it counts only when it is taken. */
type OpenTree = {
  readonly conversation: ImportedConversation;
  readonly messages: ImportedMessage[];
  readonly leftOut: Extract<ExportStep, { step: 'left-out' }>[];
};

type Stored = { readonly status: 'stored'; readonly id: ConversationId } | { readonly status: 'known' | 'refused' };

/** Stores the conversation in one transaction, unless it is here. */
async function store(
  source: ImportSource,
  tree: ImportedTree,
  { conversations, messages }: ImportStorage,
  surroundings: Surroundings,
): Promise<Stored> {
  for (let attempt = 0; attempt < attemptLimit; attempt += 1) {
    const id = importedId(source, tree.conversation, attempt);
    if ((await conversations.get(id)) !== null) return { status: 'known' };
    const keepsKeys = source === 'sotto' && attempt === 0;
    const built = await buildImported(tree, id, keepsKeys, surroundings);
    try {
      await messages.insertConversation(built.conversation, built.messages);
      return { status: 'stored', id };
    } catch (error) {
      // A record that was deleted, and can still be brought back, has the id: this one gets another.
      if (!AppError.isInstance(error) || error.code !== 'app/invalid-input') throw error;
    }
  }
  return { status: 'refused' };
}

/** Those that are here, in the list of single documents or only in a collection. */
async function knownDocuments(ids: readonly DocumentId[], { documents }: ImportStorage): Promise<Set<DocumentId>> {
  const known = new Set<DocumentId>();
  for (const id of ids) if ((await documents.get(id)) !== null) known.add(id);
  return known;
}

/** Takes in what a reader hands over, step by step; what it has taken can be taken back. */
export async function createImport(parts: ImportParts) {
  const { storage, presetIds, now } = parts;
  const leftOut = createLeftOut();
  const collectionIds = new Set((await storage.collections.list()).map(({ id }) => id));
  const findFolder = await createFolderFinder(parts);
  const taken: ConversationId[] = [];
  let messageCount = 0;
  let source: ImportSource | null = null;
  let firstSource: ImportSource | null = null;
  let open: OpenTree | null = null;

  const finish = async (tree: OpenTree): Promise<void> => {
    if (source === null) throw new AppError('transfer/damaged', 'A conversation came before its source.');
    const folderId = await findFolder(tree.conversation.folder);
    const documentIds = await knownDocuments(tree.conversation.documentIds, storage);
    const stored = await store(source, tree, storage, { folderId, documentIds, collectionIds, presetIds, now });
    if (stored.status === 'stored') {
      taken.push(stored.id);
      messageCount += tree.messages.length;
      for (const { reason, count, title } of tree.leftOut) leftOut.add(reason, count, title);
    } else {
      const reason = stored.status === 'known' ? 'already-imported' : 'broken-conversation';
      leftOut.add(reason, 1, tree.conversation.title);
    }
  };

  return {
    async take(step: ExportStep): Promise<void> {
      switch (step.step) {
        case 'source':
          source = step.source;
          firstSource ??= source;
          return;
        case 'conversation-start':
          open = { conversation: step.conversation, messages: [], leftOut: [] };
          return;
        case 'messages':
          for (const message of step.messages) open?.messages.push(message);
          return;
        case 'conversation-end': {
          const tree = open;
          open = null;
          if (tree !== null) await finish(tree);
          return;
        }
        case 'left-out':
          if (open === null) leftOut.add(step.reason, step.count, step.title);
          else open.leftOut.push(step);
      }
    },
    /** As if nothing had been taken. */
    async takeBack(): Promise<void> {
      for (const id of taken) await storage.conversations.remove(id);
    },
    report(): ImportReport {
      if (firstSource === null) throw new AppError('transfer/unknown-format', 'The file holds no conversations.');
      return { source: firstSource, conversations: taken.length, messages: messageCount, skipped: leftOut.list() };
    },
  };
}
