import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectionIdSchema, createId, libraryFileIdSchema, sourceIdSchema } from '../shared/ids.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { openTestStorage } from '../testing/open-test-storage.ts';
import type { FoundFile, Storage, StoredCollection, StoredSource } from './storage.ts';

let storage: Storage;
beforeEach(async () => {
  storage = await openTestStorage({ clock: createFakeClock() });
});
afterEach(() => storage.close());

const papers: StoredCollection = { id: createId(collectionIdSchema), name: 'Papers', isLocalOnly: false, createdAt: 5 };
const folder: StoredSource = {
  id: createId(sourceIdSchema),
  collectionId: papers.id,
  kind: 'folder',
  path: '/home/ada/papers',
  ignorePatterns: [],
  isLocalOnly: false,
};
const found = (path: string): FoundFile => ({
  id: createId(libraryFileIdSchema),
  path,
  sizeBytes: 10,
  modifiedAt: 1_000,
  skipped: null,
});

describe('removed sources', () => {
  it('count for nothing with all of their files, and come back until they are purged', async () => {
    await storage.collections.insert(papers);
    await storage.collections.insertSource(folder);
    const total = async () =>
      (await storage.libraryFiles.list({ collectionId: papers.id, query: '', status: null, offset: 0, limit: 1 }))
        .total;
    const files = Array.from({ length: 1_200 }, (_, index) => found(`${index}.txt`));
    for (let offset = 0; offset < files.length; offset += 500)
      await storage.libraryFiles.put(folder.id, papers.id, files.slice(offset, offset + 500));
    await storage.collections.removeSource(folder.id);
    expect(await total()).toBe(0);
    expect(await storage.collections.sources()).toEqual([]);
    expect(await storage.libraryFiles.waiting(10)).toEqual([]);
    await expect(storage.collections.removeSource(folder.id)).rejects.toMatchObject({ code: 'app/not-found' });
    await storage.collections.restoreSource(folder.id, papers.id);
    expect(await total()).toBe(1_200);
    expect(await storage.collections.sources()).toEqual([folder]);
    await expect(storage.collections.restoreSource(folder.id, papers.id)).rejects.toMatchObject({
      code: 'app/not-found',
    });
    await storage.collections.removeSource(folder.id);
    const again = { ...folder, id: createId(sourceIdSchema) };
    await storage.collections.insertSource(again);
    await expect(storage.collections.restoreSource(folder.id, papers.id)).rejects.toMatchObject({
      code: 'library/source-taken',
    });
    await storage.collections.removeSource(again.id);
    await storage.maintenance.purge(Number.MAX_SAFE_INTEGER);
    await expect(storage.collections.restoreSource(folder.id, papers.id)).rejects.toMatchObject({
      code: 'app/not-found',
    });
    expect(await storage.collections.list()).toEqual([papers]);
  });
});
