import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/app-error.ts';
import type { DocumentId, PassageId } from '../../../shared/ids.ts';
import type { Storage } from '../../../storage/storage.ts';
import { buildDocument, testEmbedderId } from '../../../testing/build-records.ts';
import { openTestStorage } from '../../../testing/open-test-storage.ts';
import { MissingPassages } from './missing-passages.ts';
import { pumpPassages } from './waiting-passages.ts';

const passageCount = 6_000;
const embedder = { id: testEmbedderId, path: '/models/0.gguf', prefixes: { passage: '', query: '' } };

describe('MissingPassages', () => {
  let storage: Storage;
  beforeEach(async () => {
    storage = await openTestStorage();
  });
  afterEach(async () => await storage.close());

  const add = async (topic: string): Promise<DocumentId> => {
    const texts = Array.from({ length: passageCount }, (_, index) => `${topic} ${index}`);
    const { document, passages } = buildDocument(texts);
    await storage.documents.insert(document, passages);
    return document.description.id;
  };

  const reach = async (fails: (id: DocumentId) => boolean, isWanted: (id: DocumentId) => boolean) => {
    const source = new MissingPassages({
      passages: storage.passages,
      embedder,
      mustTurn: () => false,
      isWanted,
      onDocument: () => Promise.resolve(),
    });
    const reached = new Set<PassageId>();
    await pumpPassages(source, async (batch) => {
      const failed = new Map<DocumentId, AppError>();
      const done = batch.passages.filter(({ documentId }) => !fails(documentId));
      for (const { documentId } of batch.passages) {
        if (fails(documentId)) failed.set(documentId, new AppError('engine/timeout', 'No sign.'));
      }
      for (const { id } of done) reached.add(id);
      const vectors = done.map(({ id }) => ({ passageId: id, vector: new Float32Array([1, 0, 0, 0, 0, 0, 0, 0]) }));
      await storage.passages.insertVectors(testEmbedderId, vectors);
      await source.settle(batch, failed);
    });
    return { reached, failed: [...source.failed.keys()] };
  };

  it('reaches every passage behind thousands that cannot be indexed', { timeout: 60_000 }, async () => {
    // Catches an index that stays unfinished for ever: the first thousand that are missing are asked for, all of them fail.
    const [bad, removed, good] = [await add('poison'), await add('dropped'), await add('bread')];
    await storage.passages.openIndex(testEmbedderId, 8);
    const { reached, failed } = await reach(
      (id) => id === bad,
      (id) => id !== removed,
    );
    expect(failed).toEqual([bad]);
    expect(reached.size).toBe(passageCount);
    expect((await storage.passages.withoutVector(testEmbedderId, good, 10)).length).toBe(0);
    expect(await storage.passages.countWithoutVector(testEmbedderId)).toBe(2 * passageCount);
  });
});
