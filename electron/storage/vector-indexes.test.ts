import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { modelIdSchema } from '../shared/ids.ts';
import type { PassageId } from '../shared/ids.ts';
import { buildDocument, buildVector, scopeOf, testEmbedderId } from '../testing/build-records.ts';
import { openTestStorage } from '../testing/open-test-storage.ts';
import type { Storage } from './storage.ts';

const otherEmbedderId = modelIdSchema.parse('sha256:fedcba9876543210');
const key = randomBytes(32);
let folder: string;
let storage: Storage;
const open = () => openTestStorage({ location: { kind: 'file', path: join(folder, 'sotto.db'), key } });
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-vectors-'));
  storage = await open();
});
afterEach(async () => {
  await storage.close();
  await rm(folder, { recursive: true });
});

async function add(texts: readonly string[]) {
  const { document, passages } = buildDocument(texts);
  await storage.documents.insert(document, passages);
  return { id: document.description.id, passages };
}

const vectorsFor = (passages: readonly { readonly id: PassageId }[], first: number, dimensions = 384) =>
  passages.map(({ id: passageId }, index) => ({ passageId, vector: buildVector(first + index, dimensions) }));

describe('indexes of vectors', () => {
  // Catches a search that goes silent, or mixes two embedders, while a new index is made.
  it('let the old one serve until the new one, of other dimensions, takes over', async () => {
    const { passages } = storage;
    const { id, passages: texts } = await add(['a', 'b', 'c']);
    expect(await passages.indexes()).toEqual([]);
    const old = { modelId: testEmbedderId, dimensions: 384, state: 'serving', passages: 0 };
    expect(await passages.openIndex(testEmbedderId, 384)).toEqual(old);
    expect(await passages.openIndex(testEmbedderId, 384)).toEqual(old);
    await passages.insertVectors(testEmbedderId, vectorsFor(texts, 0));
    await storage.documents.update(id, { status: 'ready' });

    expect(await passages.openIndex(otherEmbedderId, 96)).toMatchObject({ state: 'building', passages: 0 });
    expect(await passages.countWithoutVector(otherEmbedderId)).toBe(3);
    await passages.insertVectors(otherEmbedderId, vectorsFor(texts.slice(0, 2), 50, 96));
    expect(await passages.withoutVector(otherEmbedderId, null, 10)).toEqual([texts[2]]);
    const search = async (modelId: typeof testEmbedderId, seed: number, dimensions: number) =>
      (await passages.searchDense(modelId, buildVector(seed, dimensions), scopeOf([id]), 3)).map(
        ({ passage }) => passage.text,
      );
    expect((await search(testEmbedderId, 1, 384))[0]).toBe('b');
    expect(await search(otherEmbedderId, 51, 96)).toEqual([]);
    expect(await storage.documents.get(id)).toMatchObject({ status: 'ready', passagesIndexed: 3 });

    await passages.promoteIndex(otherEmbedderId);
    expect(await passages.indexes()).toEqual([
      { modelId: otherEmbedderId, dimensions: 96, state: 'serving', passages: 2 },
    ]);
    expect(await search(otherEmbedderId, 51, 96)).toEqual(['b', 'a']);
    expect(await search(testEmbedderId, 1, 384)).toEqual([]);
    // What the new one does not have yet is waited for.
    expect(await storage.documents.get(id)).toMatchObject({ status: 'indexing', passagesIndexed: 2 });
    await storage.maintenance.purge(0);
    expect((await search(otherEmbedderId, 51, 96))[0]).toBe('b');
  });

  it('drop what was being built for one embedder when another is chosen', async () => {
    const { passages } = storage;
    const { passages: texts } = await add(['a']);
    await passages.openIndex(testEmbedderId, 384);
    await passages.openIndex(otherEmbedderId, 96);
    await passages.insertVectors(otherEmbedderId, vectorsFor(texts, 0, 96));
    const third = modelIdSchema.parse('sha256:0000000000000003');
    await passages.openIndex(third, 8);
    expect((await passages.indexes()).map(({ modelId }) => modelId)).toEqual([testEmbedderId, third]);
    // Chosen again, it begins anew.
    expect(await passages.openIndex(otherEmbedderId, 96)).toMatchObject({ state: 'building', passages: 0 });
    await passages.dropIndex(otherEmbedderId);
    await expect(passages.promoteIndex(otherEmbedderId)).rejects.toMatchObject({ code: 'app/not-found' });
    await expect(passages.insertVectors(testEmbedderId, vectorsFor(texts, 0, 96))).rejects.toMatchObject({
      code: 'app/invalid-input',
    });
  });

  // Catches vectors in memory that outlive their passages: numbers of passages are given again.
  it('find nothing of what was purged, and everything that came after it', async () => {
    const { passages } = storage;
    await passages.openIndex(testEmbedderId, 384);
    const old = await add(['old a', 'old b']);
    await passages.insertVectors(testEmbedderId, vectorsFor(old.passages, 0));
    expect(await passages.searchDense(testEmbedderId, buildVector(1), scopeOf([old.id]), 1)).toHaveLength(1);
    await storage.documents.remove(old.id);
    await storage.maintenance.purge(Number.MAX_SAFE_INTEGER);
    const next = await add(['new a', 'new b']);
    expect(await passages.searchDense(testEmbedderId, buildVector(1), scopeOf([next.id]), 5)).toEqual([]);
    await passages.insertVectors(testEmbedderId, vectorsFor(next.passages, 7));
    const found = await passages.searchDense(testEmbedderId, buildVector(8), scopeOf([next.id]), 5);
    expect(found.map(({ passage }) => passage.text)).toEqual(['new b', 'new a']);
    expect(await passages.indexes()).toMatchObject([{ passages: 2 }]);
  });

  it('survive a restart, and give their vectors back', async () => {
    await storage.passages.openIndex(testEmbedderId, 384);
    const { id, passages } = await add(['a', 'b', 'c']);
    await storage.passages.insertVectors(testEmbedderId, vectorsFor(passages.slice(0, 2), 0));
    await storage.close();
    storage = await open();
    const vectors = await storage.passages.vectors(passages.map((passage) => passage.id).toReversed());
    expect(vectors.map((vector) => vector?.length)).toEqual([undefined, 384, 384]);
    const exact = buildVector(0);
    const cosine = vectors[2]?.reduce((sum, value, index) => sum + value * (exact[index] ?? 0), 0);
    expect(cosine).toBeGreaterThan(0.9999);
    expect(Math.hypot(...(vectors[2] ?? []))).toBeCloseTo(1, 5);
    const [nearest] = await storage.passages.searchDense(testEmbedderId, exact, scopeOf([id]), 1);
    expect(nearest?.passage.id).toBe(passages[0]?.id);
  });

  it('take up passages of documents that come while two are filled, removed documents left out', async () => {
    await storage.passages.openIndex(testEmbedderId, 384);
    await storage.passages.openIndex(otherEmbedderId, 96);
    const [first, second] = [await add(['a', 'b']), await add(['c'])];
    for (const modelId of [testEmbedderId, otherEmbedderId]) {
      const texts = (await storage.passages.withoutVector(modelId, null, 10)).map(({ text }) => text);
      expect(texts).toEqual(['a', 'b', 'c']);
      expect(await storage.passages.withoutVector(modelId, second.id, 10)).toHaveLength(1);
    }
    await storage.documents.remove(first.id);
    expect(await storage.passages.countWithoutVector(otherEmbedderId)).toBe(1);
  });
});

describe('passages', () => {
  it('are given back by id and with those around them, of the same document only', async () => {
    const before = await add(['other']);
    const { passages } = await add(['a', 'b', 'c', 'd', 'e']);
    await add(['other too']);
    const texts = async (index: number, reach: number) =>
      (await storage.passages.neighbours(passages[index]!.id, reach)).map(({ text }) => text);
    expect(await texts(0, 2)).toEqual(['b', 'c']);
    expect(await texts(2, 1)).toEqual(['b', 'd']);
    expect(await texts(4, 9)).toEqual(['a', 'b', 'c', 'd']);
    const wanted = [passages[3]!.id, before.passages[0]!.id];
    expect((await storage.passages.get(wanted)).map(({ text }) => text)).toEqual(['d', 'other']);
    await storage.documents.remove(before.id);
    expect((await storage.passages.get(wanted)).map(({ text }) => text)).toEqual(['d']);
  });
});
