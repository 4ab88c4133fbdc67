import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildDocument, buildVector, scopeOf, testEmbedderId } from '../../testing/build-records.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import type { Storage } from '../../storage/storage.ts';
import { createHiddenPlaces } from './hidden-places.ts';

describe('createHiddenPlaces', () => {
  let storage: Storage;
  beforeEach(async () => {
    storage = await openTestStorage();
  });
  afterEach(async () => {
    await storage.close();
  });

  it('takes a place out of every search and every reading, until it is shown again', async () => {
    // Catches a question without an answer that finds it through another door.
    const { document, passages } = buildDocument(['apples grow', 'pears grow', 'plums grow']);
    const { id } = document.description;
    await storage.documents.insert(document, passages);
    await storage.passages.openIndex(testEmbedderId, 384);
    const vectors = passages.map((passage, index) => ({ passageId: passage.id, vector: buildVector(index) }));
    await storage.passages.insertVectors(testEmbedderId, vectors);
    const hidden = createHiddenPlaces();
    const view = hidden.view(storage);
    const [first, pears] = passages;
    if (first === undefined || pears === undefined) throw new Error('There are three passages.');
    const everything = async (): Promise<readonly (readonly string[])[]> => [
      (await view.passages.ofDocument(id)).map(({ text }) => text),
      (await view.passages.searchLexical('grow', scopeOf([id]), 10)).map(({ passage }) => passage.text),
      (await view.passages.searchDense(testEmbedderId, buildVector(1), scopeOf([id]), 10)).map(
        (one) => one.passage.text,
      ),
      (await view.passages.neighbours(first.id, 2)).map(({ text }) => text),
      [await view.documents.text(id, 0, 1_000)],
    ];
    for (const texts of await everything()) expect(texts.join(' ')).toContain('pears');
    hidden.hide(id, [pears.place]);
    for (const texts of await everything()) expect(texts.join(' ')).not.toContain('pears');
    expect((await view.documents.text(id, 0, 1_000)).length).toBe((await storage.documents.text(id, 0, 1_000)).length);
    hidden.show();
    for (const texts of await everything()) expect(texts.join(' ')).toContain('pears');
  });
});
