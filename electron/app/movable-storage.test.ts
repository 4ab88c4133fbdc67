import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createId, messageIdSchema } from '../shared/ids.ts';
import { createStorage } from '../storage/create-storage.ts';
import type { Storage, StorageLocation } from '../storage/storage.ts';
import { buildConversation, buildMessage, testEmbedderId } from '../testing/build-records.ts';
import { createLibraryGenerator, storeLibrary } from '../testing/generated-library.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { storageWorkerPath } from '../testing/open-test-storage.ts';
import { createRecordingLogger } from '../testing/recording-logger.ts';
import { createMovableStorage, type MovableStorage } from './movable-storage.ts';
import { storageCopier } from './storage-copier.ts';

let folder: string;
let movable: MovableStorage;
const openAt = async (location: StorageLocation): Promise<Storage> =>
  await createStorage({
    location,
    workerPath: storageWorkerPath,
    clock: createFakeClock(),
    logger: createRecordingLogger(),
  });
const somewhere = (): Extract<StorageLocation, { kind: 'file' }> => ({
  kind: 'file',
  path: join(folder, 'sotto.db'),
  key: new Uint8Array(randomBytes(32)),
});

const everyFile = { query: '', status: null, offset: 0, limit: 100 } as const;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-movable-'));
  movable = createMovableStorage(await openAt({ kind: 'memory' }), storageCopier(join(folder, 'temporary'), openAt));
});
afterEach(async () => {
  await movable.storage.close();
  await rm(folder, { recursive: true, force: true });
});

describe('a storage that moves', { timeout: 30_000 }, () => {
  it('loses no write that comes before, during or after', async () => {
    // Catches a write that the old database acknowledges after it was copied.
    const all = Array.from({ length: 60 }, () => buildConversation());
    const writes: Promise<void>[] = [];
    const write = (from: number): void => {
      for (const conversation of all.slice(from, from + 20))
        writes.push(movable.storage.conversations.insert(conversation));
    };
    write(0);
    const moved = movable.move(somewhere(), async () => write(20));
    write(40);
    await moved;
    await Promise.all(writes);
    const ids = (await movable.storage.conversations.list()).map(({ id }) => id);
    expect(ids.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
    await movable.move({ kind: 'memory' }, async () => undefined);
    expect(await movable.storage.conversations.list()).toHaveLength(60);
  });

  it('stays where it was when the new place is not to count', async () => {
    await movable.storage.conversations.insert(buildConversation());
    const refused = movable.move(somewhere(), async () => await Promise.reject(new Error('No record')));
    await expect(refused).rejects.toThrow('No record');
    await movable.storage.conversations.insert(buildConversation());
    expect(await movable.storage.conversations.list()).toHaveLength(2);
  });

  it('stays where it was when the copy does not come about', async () => {
    const location = { ...somewhere(), path: join(folder, 'no', '\0', 'such') };
    await expect(movable.move(location, async () => undefined)).rejects.toMatchObject({ name: 'AppError' });
    await movable.storage.conversations.insert(buildConversation());
    expect(await movable.storage.conversations.list()).toHaveLength(1);
  });

  // Catches an index that is copied beneath a table which goes on with what it remembers.
  it('keeps the indexes of words and of messages on both ways', async () => {
    const conversation = buildConversation();
    await movable.storage.conversations.insert(conversation);
    const message = buildMessage(conversation.id, { parts: [{ type: 'text', text: 'A heron in the reeds' }] });
    await movable.storage.messages.append(message);
    const found = async () => (await movable.storage.messages.search('heron', 10)).hits.length;
    expect(await found()).toBe(1);
    for (const to of [somewhere(), { kind: 'memory' } as const]) {
      await movable.move(to, async () => undefined);
      expect([to.kind, await found()]).toEqual([to.kind, 1]);
    }
    await movable.storage.messages.append({ ...message, id: createId(messageIdSchema), parentId: message.id });
    expect(await found()).toBe(2);
  });

  // Catches a table that the move forgets, and vectors of the old place that are taken for those of the new one.
  it('takes a whole library along, and what is searched by words and by meaning', async () => {
    const { storage } = movable;
    const size = { documents: 3, passagesPerDocument: 4, subjects: 2 };
    const generator = createLibraryGenerator(size);
    const { collectionIds, documents } = await storeLibrary(storage, generator, size);
    const [{ id }] = documents as [(typeof documents)[number]];
    await storage.documents.appendBytes(id, 0, new Uint8Array([1, 2, 3]), true);
    const scope = { documentIds: [], collectionIds: [collectionIds[0]] };
    const look = async () => {
      const nearest = await storage.passages.searchDense(testEmbedderId, generator.vectors(1)[2]!, scope, 1);
      const words = await storage.passages.searchLexical(`"${generator.phrase(2)}"`, scope, 5);
      const files = await storage.libraryFiles.list({ ...everyFile, collectionId: collectionIds[0] });
      const counts = await storage.passages.wordCounts(['the'], scope);
      return {
        nearest: nearest.map(({ passage }) => passage),
        words,
        files,
        counts,
        bytes: await storage.documents.bytes(id, 0),
      };
    };
    const before = await look();
    expect(before.nearest).toHaveLength(1);
    expect(before.words.length).toBeGreaterThan(0);
    expect(before.files.total).toBe(3);
    for (const to of [somewhere(), { kind: 'memory' } as const]) {
      await movable.move(to, async () => undefined);
      expect([to.kind, await look()]).toEqual([to.kind, before]);
    }
  });
});
