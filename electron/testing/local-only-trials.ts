import { createEgress } from '../egress/create-egress.ts';
import { createSettingsEgressPolicy } from '../egress/settings-egress-policy.ts';
import { createLocalOnlyLabels } from '../services/privacy/local-only.ts';
import { readConversations } from '../services/transfer/export-conversations.ts';
import { AppError } from '../shared/app-error.ts';
import {
  collectionIdSchema,
  conversationIdSchema,
  createId,
  folderIdSchema,
  libraryFileIdSchema,
  sourceIdSchema,
} from '../shared/ids.ts';
import type { ConversationId } from '../shared/ids.ts';
import type { Storage } from '../storage/storage.ts';
import { buildConversation, buildDocument, buildMessage } from './build-records.ts';
import { createFakeClock } from './fake-clock.ts';
import { createSeededRandom } from './seeded-random.ts';

/** What came of the trials; `failed` says of each what it did before something might have left. */
export type LocalOnlyReport = { readonly chains: number; readonly steps: number; readonly failed: readonly string[] };

const origins = ['folder', 'collection', 'source', 'document-collection', 'document-source'] as const;
const steps = [
  'answer',
  'unlabel',
  'leave-folder',
  'leave-scope',
  'remove-collection',
  'remove-source',
  'branch',
  'export-and-import',
] as const;
type Step = (typeof steps)[number];

/** One labelled thing with a conversation that is made from it, and what is known of both without asking the app. */
class Chain {
  readonly #storage: Storage;
  readonly #origin: (typeof origins)[number];
  readonly folderId = createId(folderIdSchema);
  readonly collectionId = createId(collectionIdSchema);
  readonly sourceId = createId(sourceIdSchema);
  readonly #document = buildDocument(['A clause.']);
  id: ConversationId = createId(conversationIdSchema);
  /** An answer was made while the label reached the conversation. */
  isTainted = false;
  #isLabelled = true;
  #isLinked = true;

  constructor(storage: Storage, origin: (typeof origins)[number]) {
    this.#storage = storage;
    this.#origin = origin;
  }

  get mustStay(): boolean {
    return this.isTainted || (this.#isLabelled && this.#isLinked);
  }

  async begin(): Promise<void> {
    const { folders, collections, libraryFiles, documents, conversations } = this.#storage;
    const name = this.collectionId.slice(-8);
    const { folderId, collectionId, sourceId } = this;
    await folders.insert({ id: folderId, name, isLocalOnly: this.#origin === 'folder', createdAt: 1 });
    const isLocalOnly = this.#origin.endsWith('collection');
    await collections.insert({ id: collectionId, name, isLocalOnly, createdAt: 1 });
    const source = {
      id: sourceId,
      collectionId,
      kind: 'folder',
      path: `/home/ada/${name}`,
      ignorePatterns: [],
    } as const;
    await collections.insertSource({ ...source, isLocalOnly: this.#origin.endsWith('source') });
    const { document, passages } = this.#document;
    const { description } = document;
    await documents.insert(document, passages);
    const fileId = createId(libraryFileIdSchema);
    const file = { id: fileId, path: 'a.txt', sizeBytes: 1, modifiedAt: 1, skipped: null };
    await libraryFiles.put(sourceId, collectionId, [file]);
    await libraryFiles.update(fileId, { documentId: description.id, status: 'ready' });
    const isByDocument = this.#origin.startsWith('document');
    await conversations.insert(
      buildConversation({
        id: this.id,
        folderId: this.#origin === 'folder' ? folderId : null,
        collectionIds: this.#origin === 'collection' || this.#origin === 'source' ? [collectionId] : [],
        documentIds: isByDocument ? [description.id] : [],
      }),
    );
  }

  async take(step: Step): Promise<void> {
    const { folders, collections, conversations } = this.#storage;
    const isOfFolder = this.#origin === 'folder';
    switch (step) {
      case 'answer':
      case 'branch':
        return await this.#answer(step === 'branch');
      case 'unlabel':
        await folders.setLocalOnly(this.folderId, false);
        await collections.setLocalOnly(this.collectionId, false).catch(ignoreMissing);
        await collections.updateSource(this.sourceId, { isLocalOnly: false }).catch(ignoreMissing);
        // What was removed keeps its label.
        this.#isLabelled = isOfFolder ? false : this.#isLabelled && this.#isRemoved;
        return;
      case 'leave-folder':
        await conversations.update(this.id, { folderId: null });
        if (isOfFolder) this.#isLinked = false;
        return;
      case 'leave-scope':
        await conversations.update(this.id, { documentIds: [], collectionIds: [] });
        if (!isOfFolder) this.#isLinked = false;
        return;
      case 'remove-collection':
        await collections.remove(this.collectionId).catch(ignoreMissing);
        return this.#noteRemoval(true);
      case 'remove-source':
        await collections.removeSource(this.sourceId).catch(ignoreMissing);
        return this.#noteRemoval(false);
      case 'export-and-import':
        return await this.#copy();
    }
  }

  #isRemoved = false;

  /** A search in what was removed finds nothing more; a document of it is still there. */
  #noteRemoval(isWhole: boolean): void {
    this.#isRemoved ||= isWhole || this.#origin !== 'collection';
    if (this.#origin === 'source' || (isWhole && this.#origin === 'collection')) this.#isLinked = false;
  }

  async #answer(isBranch: boolean): Promise<void> {
    const { messages, conversations } = this.#storage;
    await createLocalOnlyLabels(this.#storage).hold(this.id);
    if (this.mustStay) this.isTainted = true;
    const tip = (await conversations.get(this.id))?.tipId ?? null;
    const parent = isBranch && tip !== null ? ((await messages.get(tip))?.parentId ?? null) : tip;
    await messages.append(buildMessage(this.id, { parentId: parent }));
  }

  /** Under another id, as another computer would have it; nothing of what it was made from is there. */
  async #copy(): Promise<void> {
    const { conversations } = this.#storage;
    const own = await conversations.get(this.id);
    if (own === null) return;
    const { signal } = new AbortController();
    const privacy = { localOnly: async (asked: ConversationId) => await createLocalOnlyLabels(this.#storage).of(asked) };
    const parts = { storage: this.#storage, privacy };
    for await (const { conversation } of readConversations([own], 'all', parts, signal)) {
      const id = createId(conversationIdSchema);
      await conversations.insert({
        ...conversation,
        id,
        tipId: null,
        folderId: null,
        collectionIds: [],
        documentIds: [],
      });
      if (this.mustStay) this.isTainted = true;
      [this.id, this.#isLinked] = [id, false];
    }
  }
}

function ignoreMissing(error: unknown): void {
  if (AppError.from(error).code !== 'app/not-found') throw error;
}

/**
 * Random chains of what a person may do with something that is labelled local only and with what was made from it; after
 * every step the label is asked for and a request to a cloud is tried through the real way out. Catches a label that is lost
 * on the way, and one that appears where nothing asked for it.
 */
export async function runLocalOnlyTrials(
  storage: Storage,
  { chains, seed }: { readonly chains: number; readonly seed: number },
): Promise<LocalOnlyReport> {
  const random = createSeededRandom(seed);
  const pick = <Item>(items: readonly [Item, ...Item[]]): Item =>
    items[Math.floor(random() * items.length)] ?? items[0];
  const policy = createSettingsEgressPolicy(
    async () => await Promise.resolve({ isOffline: false, allowedPurposes: ['provider'], cloudMode: 'auto' }),
    async () => await Promise.resolve([{ baseUrl: 'http://127.0.0.1:1/', zone: 'cloud' }]),
  );
  const egress = createEgress({ policy, ledger: storage.ledger, clock: createFakeClock(1) });
  const isRefused = async (isLocalOnly: boolean): Promise<boolean> => {
    const content = { zone: 'cloud', isLocalOnly, conversationId: null } as const;
    const request = { url: 'http://127.0.0.1:1/chat', purpose: 'provider', askedBy: 'chat', content } as const;
    const error = await egress.fetch(request, new AbortController().signal).catch((thrown: unknown) => thrown);
    return AppError.from(error).code === 'egress/local-only';
  };

  const failed: string[] = [];
  let taken = 0;
  for (let index = 0; index < chains; index += 1) {
    const origin = pick(origins);
    const chain = new Chain(storage, origin);
    await chain.begin();
    const done: string[] = [origin];
    const length = 1 + Math.floor(random() * 9);
    for (let count = 0; count < length; count += 1) {
      const step = pick(steps);
      await chain.take(step);
      done.push(step);
      taken += 1;
      const { isLocalOnly } = await createLocalOnlyLabels(storage).of(chain.id);
      if ((await isRefused(isLocalOnly)) !== chain.mustStay) failed.push(`${done.join(', ')}: ${String(isLocalOnly)}`);
    }
  }
  return { chains, steps: taken, failed };
}
