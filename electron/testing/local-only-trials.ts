import { createEgress } from '../egress/create-egress.ts';
import { createSettingsEgressPolicy } from '../egress/settings-egress-policy.ts';
import { createConversationsService } from '../services/conversations/create-conversations-service.ts';
import type { ConversationsService } from '../services/conversations/conversations-service.ts';
import { createPrivacyService } from '../services/privacy/create-privacy-service.ts';
import type { PrivacyService } from '../services/privacy/privacy-service.ts';
import { AppError } from '../shared/app-error.ts';
import {
  collectionIdSchema,
  conversationIdSchema,
  createId,
  folderIdSchema,
  libraryFileIdSchema,
  messageIdSchema,
  sourceIdSchema,
} from '../shared/ids.ts';
import type { CollectionId, ConversationId, DocumentId, MessageId, SourceId } from '../shared/ids.ts';
import { buildDocument, buildMessage } from './build-records.ts';
import { createFakeClock } from './fake-clock.ts';
import type { TransferBench } from './open-transfer.ts';
import { createSeededRandom } from './seeded-random.ts';

/** What came of the trials; `failed` says of each what it did before something might have left. */
export type LocalOnlyReport = { readonly chains: number; readonly steps: number; readonly failed: readonly string[] };

/** What is labelled: in `shared` a collection that has a document of the one that is asked. */
const origins = [
  'folder',
  'collection',
  'source',
  'shared-collection',
  'shared-source',
  'document-collection',
  'document-source',
] as const;
const steps = [
  'answer',
  'branch',
  'unlabel',
  'leave-folder',
  'leave-scope',
  'remove-folder',
  'remove-collection',
  'remove-source',
  'remove-and-restore',
  'export-and-import',
] as const;
type Origin = (typeof origins)[number];
type Step = (typeof steps)[number];

/** The real parts that a chain goes through. */
type Parts = {
  readonly bench: TransferBench;
  readonly conversations: ConversationsService;
  readonly privacy: PrivacyService;
};

const idPattern = /[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}/g;

/** One labelled thing with a conversation that is made from it, and what is known of both without asking the app. */
class Chain {
  readonly #parts: Parts;
  readonly #origin: Origin;
  readonly #folderId = createId(folderIdSchema);
  readonly #collectionId = createId(collectionIdSchema);
  readonly #sourceId = createId(sourceIdSchema);
  #id: ConversationId | null = null;
  /** An answer was made while the label reached the conversation. */
  #isTainted = false;
  #isLabelled = true;
  #isLinked = true;
  #isRemoved = false;

  constructor(parts: Parts, origin: Origin) {
    this.#parts = parts;
    this.#origin = origin;
  }

  get id(): ConversationId {
    if (this.#id === null) throw new Error('It has not begun.');
    return this.#id;
  }

  get mustStay(): boolean {
    return this.#isTainted || (this.#isLabelled && this.#isLinked);
  }

  async begin(): Promise<void> {
    const { bench, conversations } = this.#parts;
    const name = this.#collectionId.slice(-8);
    const isLocalOnly = this.#origin === 'folder';
    await bench.storage.folders.insert({ id: this.#folderId, name, isLocalOnly, createdAt: 1 });
    const { document, passages } = buildDocument([`Clause ${name}.`]);
    const { id: documentId } = document.description;
    await bench.storage.documents.insert(document, passages);
    await this.#fill(this.#collectionId, this.#sourceId, documentId);
    const asked = createId(collectionIdSchema);
    const isShared = this.#origin.startsWith('shared');
    if (isShared) await this.#fill(asked, createId(sourceIdSchema), documentId);
    const isScoped = this.#origin === 'collection' || this.#origin === 'source';
    const { id } = await conversations.create({
      folderId: isLocalOnly ? this.#folderId : null,
      collectionIds: isScoped ? [this.#collectionId] : isShared ? [asked] : [],
      documentIds: this.#origin.startsWith('document') ? [documentId] : [],
    });
    this.#id = id;
  }

  /** A collection with one folder with one file; labelled where it is the chain's own. */
  async #fill(id: CollectionId, sourceId: SourceId, documentId: DocumentId): Promise<void> {
    const { collections, libraryFiles } = this.#parts.bench.storage;
    const name = id.slice(-8);
    const isOwn = id === this.#collectionId;
    const isLocalOnly = isOwn && this.#origin.endsWith('collection');
    await collections.insert({ id, name, isLocalOnly, createdAt: 1 });
    await collections.insertSource({
      id: sourceId,
      collectionId: id,
      kind: 'folder',
      path: `/home/ada/${name}`,
      ignorePatterns: [],
      isLocalOnly: isOwn && this.#origin.endsWith('source'),
    });
    const fileId = createId(libraryFileIdSchema);
    await libraryFiles.put(sourceId, id, [{ id: fileId, path: 'a.txt', sizeBytes: 1, modifiedAt: 1, skipped: null }]);
    await libraryFiles.update(fileId, { documentId, status: 'ready' });
  }

  async take(step: Step): Promise<void> {
    const { bench, conversations } = this.#parts;
    const { collections } = bench.storage;
    const isOfFolder = this.#origin === 'folder';
    switch (step) {
      case 'answer':
      case 'branch':
        return await this.#answer(step === 'branch');
      case 'unlabel':
        return await this.#unlabel();
      case 'leave-folder':
        await conversations.place(this.id, { folderId: null });
        if (isOfFolder) this.#isLinked = false;
        return;
      case 'leave-scope':
        await conversations.setScope(this.id, { documentIds: [], collectionIds: [] });
        if (!isOfFolder) this.#isLinked = false;
        return;
      case 'remove-folder':
        await conversations.removeFolder(this.#folderId).catch(ignoreMissing);
        if (isOfFolder) this.#isLinked = false;
        return;
      case 'remove-collection':
        await collections.remove(this.#collectionId).catch(ignoreMissing);
        return this.#noteRemoval(true);
      case 'remove-source':
        await collections.removeSource(this.#sourceId).catch(ignoreMissing);
        return this.#noteRemoval(false);
      case 'remove-and-restore':
        await conversations.remove(this.id);
        await conversations.restore(this.id);
        return;
      case 'export-and-import':
        return await this.#copy();
    }
  }

  async #unlabel(): Promise<void> {
    const { bench, conversations } = this.#parts;
    const { collections } = bench.storage;
    await conversations.setFolderLocalOnly(this.#folderId, false).catch(ignoreMissing);
    await collections.setLocalOnly(this.#collectionId, false).catch(ignoreMissing);
    await collections.updateSource(this.#sourceId, { isLocalOnly: false }).catch(ignoreMissing);
    // What was removed keeps its label.
    this.#isLabelled = this.#origin === 'folder' ? false : this.#isLabelled && this.#isRemoved;
  }

  /** A search in what was removed finds nothing more; a document of it is still there. */
  #noteRemoval(isWhole: boolean): void {
    this.#isRemoved ||= isWhole || this.#origin !== 'collection';
    if (this.#origin === 'source' || (isWhole && this.#origin === 'collection')) this.#isLinked = false;
  }

  async #answer(isBranch: boolean): Promise<void> {
    const { bench, conversations, privacy } = this.#parts;
    const { messages } = await conversations.open(this.id);
    await privacy.holdLocalOnly(this.id);
    if (this.mustStay) this.#isTainted = true;
    const parentId = (isBranch ? messages.at(-2) : messages.at(-1))?.id ?? null;
    await bench.storage.messages.append(buildMessage(this.id, { parentId }));
  }

  /** As another computer would have it: nothing of what it was made from is there but a folder of the same name. */
  async #copy(): Promise<void> {
    const { bench, conversations } = this.#parts;
    const { conversation } = await conversations.open(this.id);
    // What nobody wrote in is in no export.
    if (conversation.tipId === null) return;
    const ids = new Map<string, MessageId>();
    const change = (id: string): string => {
      const changed = ids.get(id) ?? createId(messageIdSchema);
      ids.set(id, changed);
      return changed;
    };
    const [text = ''] = (await bench.give('json', [this.id])).values();
    const copyId = conversationIdSchema.parse(change(this.id));
    const { conversations: taken } = await bench.take('copy.json', text.replace(idPattern, change));
    if (taken !== 1) throw new Error('Its export could not be imported.');
    if (this.mustStay) this.#isTainted = true;
    this.#id = copyId;
    if (this.#origin !== 'folder') this.#isLinked = false;
  }
}

function ignoreMissing(error: unknown): void {
  if (AppError.from(error).code !== 'app/not-found') throw error;
}

/** Whether the way out refuses to send to a cloud what says this of itself. */
function createGate({ bench }: Parts): (isLocalOnly: boolean) => Promise<boolean> {
  const policy = createSettingsEgressPolicy(
    async () => await Promise.resolve({ isOffline: false, allowedPurposes: ['provider'], cloudMode: 'auto' }),
    async () => await Promise.resolve([{ baseUrl: 'http://127.0.0.1:1/', zone: 'cloud' }]),
  );
  const egress = createEgress({ policy, ledger: bench.storage.ledger, clock: createFakeClock(1) });
  return async (isLocalOnly) => {
    const content = { zone: 'cloud', isLocalOnly, conversationId: null } as const;
    const request = { url: 'http://127.0.0.1:1/chat', purpose: 'provider', askedBy: 'chat', content } as const;
    const error = await egress.fetch(request, new AbortController().signal).catch((thrown: unknown) => thrown);
    return AppError.from(error).code === 'egress/local-only';
  };
}

function composeParts(bench: TransferBench): Parts {
  const { storage } = bench;
  return {
    bench,
    conversations: createConversationsService({
      storage,
      recorder: { stopGrowing: async () => await Promise.resolve() },
      clock: createFakeClock(1),
    }),
    privacy: createPrivacyService({
      storage,
      settings: { update: async () => await Promise.reject(new Error('No.')) },
    }),
  };
}

/**
 * Random chains of what a person may do with something that is labelled local only and with what was made from it, through
 * the real services, database, exports and imports; after every step the label is asked for and a request to a cloud is tried
 * through the real way out. Catches a label that is lost on the way, and one that appears where nothing asked for it.
 */
export async function runLocalOnlyTrials(
  bench: TransferBench,
  { chains, seed }: { readonly chains: number; readonly seed: number },
): Promise<LocalOnlyReport> {
  const random = createSeededRandom(seed);
  const pick = <Item>(items: readonly [Item, ...Item[]]): Item =>
    items[Math.floor(random() * items.length)] ?? items[0];
  const parts = composeParts(bench);
  const isRefused = createGate(parts);
  const failed: string[] = [];
  let taken = 0;
  for (let index = 0; index < chains; index += 1) {
    const origin = pick(origins);
    const chain = new Chain(parts, origin);
    await chain.begin();
    const done: string[] = [origin];
    const length = 1 + Math.floor(random() * 9);
    for (let count = 0; count < length; count += 1) {
      const step = pick(steps);
      await chain.take(step);
      done.push(step);
      taken += 1;
      const { isLocalOnly } = await parts.privacy.localOnly(chain.id);
      if ((await isRefused(isLocalOnly)) !== chain.mustStay) failed.push(`${done.join(', ')}: ${String(isLocalOnly)}`);
    }
  }
  parts.conversations.close();
  return { chains, steps: taken, failed };
}
