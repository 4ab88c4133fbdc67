import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DocumentId } from '../shared/ids.ts';
import { buildDocument, buildVector, scopeOf, testEmbedderId } from '../testing/build-records.ts';
import { openTestStorage } from '../testing/open-test-storage.ts';
import type { Storage } from './storage.ts';

// One database for all: every test asks only for documents of its own.
let storage: Storage;
beforeAll(async () => {
  storage = await openTestStorage();
  await storage.passages.openIndex(testEmbedderId, 384);
});
afterAll(() => storage.close());

async function add(texts: readonly string[]): Promise<DocumentId> {
  const { document, passages } = buildDocument(texts);
  await storage.documents.insert(document, passages);
  return document.description.id;
}

async function texts(query: string, ids: readonly DocumentId[], limit = 10): Promise<readonly string[]> {
  const found = await storage.passages.searchLexical(query, scopeOf(ids), limit);
  return found.map(({ passage }) => passage.text);
}

const cosine = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

describe('searchLexical', () => {
  it('finds other forms of a word, with and without accents, best first', async () => {
    const id = await add(['The café installs packages.', 'Installing a package: install twice.', 'Nothing here.']);
    expect(await texts('how do I install PACKAGES?', [id])).toEqual([
      'Installing a package: install twice.',
      'The café installs packages.',
    ]);
    expect(await texts('cafe', [id])).toEqual(['The café installs packages.']);
    const found = await storage.passages.searchLexical('install', scopeOf([id]), 10);
    expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).sort((a, b) => b - a));
    expect(found.every(({ score }) => score > 0)).toBe(true);
  });

  it('finds a passage by the headings above it', async () => {
    const { document, passages } = buildDocument(['See below.']);
    await storage.documents.insert(document, [{ ...passages[0]!, headings: ['Network', 'Wireless cards'] }]);
    expect(await texts('wireless', [document.description.id])).toEqual(['See below.']);
  });

  it('looks only into the documents that it is given', async () => {
    const first = await add(['apples from the garden']);
    const second = await add(['apples from the market']);
    expect(await texts('apples', [second])).toEqual(['apples from the market']);
    expect(await texts('apples', [])).toEqual([]);
    expect(await texts('apples', [first, second], 1)).toHaveLength(1);
  });

  // Each of these is an operator, a syntax error or an injection if a query reaches the index as it is.
  it.each([
    ['"unbalanced pear', ['a ripe pear']],
    ["pear' OR 1=1; --", ['a ripe pear']],
    ['pear AND nothing', ['a ripe pear']],
    ['NOT pear', ['a ripe pear']],
    ['NEAR(pear plum, 2)', ['a ripe pear', 'near the NEAR operator']],
    ['pea*', []],
    ['pear*', ['a ripe pear']],
    ['text: pear', ['a ripe pear', 'text of a column']],
    ['(pear', ['a ripe pear']],
    ['^pear + "" {x}', ['a ripe pear']],
    ['😀 pear 👩‍👩‍👧', ['a ripe pear']],
    ['-pear \\ % _ \u0000', ['a ripe pear']],
    ['', []],
    ['   \n', []],
    ['😀', []],
    ['"*():^-+', []],
    ['\u0301', []],
    ['𐞁 ⅷ', []],
  ])('takes %j as words', async (query, expected) => {
    const id = await add(['a ripe pear', 'near the NEAR operator', 'text of a column']);
    expect([...(await texts(query, [id]))].sort()).toEqual(expected);
  });

  it('leaves out stop words beside other words, and searches by them when there are no others', async () => {
    const id = await add(['The who and the what of it', 'An otter swims', 'Der Otter schwimmt und die Ente auch']);
    // With them every passage would be found, and a long question would find any.
    expect(await texts('what is an otter and who is the one that swims', [id])).toEqual([
      'An otter swims',
      'Der Otter schwimmt und die Ente auch',
    ]);
    expect(await texts('what and who', [id])).toEqual(['The who and the what of it']);
    expect(await texts('was ist das', [id])).toEqual([]);
    expect(await texts('und wo schwimmt die', [id])).toEqual(['Der Otter schwimmt und die Ente auch']);
  });

  it('answers a query of a whole page', async () => {
    const id = await add(['needle']);
    const page = `needle ${Array.from({ length: 20_000 }, (_, index) => `word${index}`).join(' ')}`;
    expect(await texts(page, [id])).toEqual(['needle']);
  });
});

describe('searchDense', () => {
  it('finds the nearest of a few documents among many, as comparing each one does', async () => {
    const documents = Array.from({ length: 60 }, (_, index) =>
      buildDocument([`${index} a`, `${index} b`, `${index} c`]),
    );
    const vectors = new Map<string, Float32Array>();
    for (const { document, passages } of documents) {
      await storage.documents.insert(document, passages);
      for (const { id } of passages) vectors.set(id, buildVector(vectors.size));
      const rows = passages.map(({ id }) => ({ passageId: id, vector: vectors.get(id)! }));
      await storage.passages.insertVectors(testEmbedderId, rows);
    }
    const query = buildVector(9_999);
    const few = [7, 23, 51].map((index) => documents[index]!);
    for (const chosen of [few, documents, [documents[40]!]]) {
      const expected = chosen
        .flatMap(({ passages }) => passages.map(({ id }) => ({ id, score: cosine(query, vectors.get(id)!) })))
        .sort((a, b) => b.score - a.score)
        .slice(0, 5);
      const ids = chosen.map(({ document }) => document.description.id);
      const found = await storage.passages.searchDense(testEmbedderId, query, scopeOf(ids), 5);
      expect(found.map(({ passage }) => passage.id)).toEqual(expected.map(({ id }) => id));
      found.forEach(({ score }, index) => expect(score).toBeCloseTo(expected[index]!.score, 2));
    }
    expect(await storage.passages.searchDense(testEmbedderId, query, scopeOf([]), 5)).toEqual([]);
  });

  it('counts indexed passages once, and tells which have no vector yet', async () => {
    const { document, passages } = buildDocument(['a', 'b', 'c']);
    const { id } = document.description;
    await storage.documents.insert(document, passages);
    const rows = passages.slice(0, 2).map(({ id: passageId }, index) => ({ passageId, vector: buildVector(index) }));
    await storage.passages.insertVectors(testEmbedderId, rows);
    await storage.passages.insertVectors(testEmbedderId, rows);
    expect((await storage.documents.get(id))?.passagesIndexed).toBe(2);
    expect(await storage.passages.withoutVector(testEmbedderId, id, 10)).toEqual([passages[2]]);
    await storage.documents.remove(id);
    expect(await storage.passages.searchDense(testEmbedderId, buildVector(0), scopeOf([id]), 5)).toEqual([]);
  });

  it('refuses vectors that are not of unit length or not of the right size, and stores none of the batch', async () => {
    const { document, passages } = buildDocument(['a', 'b']);
    await storage.documents.insert(document, passages);
    for (const wrong of [buildVector(1).map((value) => value * 2), buildVector(1, 128), new Float32Array(384)]) {
      const rows = [
        { passageId: passages[0]!.id, vector: buildVector(0) },
        { passageId: passages[1]!.id, vector: wrong },
      ];
      await expect(storage.passages.insertVectors(testEmbedderId, rows)).rejects.toMatchObject({
        code: 'app/invalid-input',
      });
    }
    expect(await storage.passages.withoutVector(testEmbedderId, document.description.id, 10)).toEqual(passages);
  });
});
