import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createId, summaryIdSchema, summaryNodeIdSchema } from '../shared/ids.ts';
import type { SummaryNode } from '../shared/summary.ts';
import { buildDocument, buildSummary } from '../testing/build-records.ts';
import { openTestStorage } from '../testing/open-test-storage.ts';
import type { Storage, StoredPage } from './storage.ts';

let storage: Storage;
beforeEach(async () => {
  storage = await openTestStorage();
});
afterEach(() => storage.close());

const pageOf = (page: number, runs: number): StoredPage => ({
  page: {
    page,
    start: (page - 1) * 10,
    end: page * 10,
    label: page === 2 ? 'ii' : null,
    reading: page === 3 ? 'unreadable' : 'text',
    size: page === 1 ? null : { width: 595.28, height: 842 },
  },
  runs: Array.from({ length: runs }, (_, index) => [index, index + 1, 72.5, index * 12, 100, 10.25] as const),
});

async function add(pages: readonly StoredPage[] | null) {
  const { document, passages } = buildDocument(['one', 'two'], { format: 'pdf', pages: pages?.length ?? null });
  await storage.documents.insert({ ...document, pages }, passages);
  return document.description.id;
}

describe('pages of documents', () => {
  // Catches pages that are lost between two slices of the way to the database.
  it('come back one by one with their boxes, however many there are', async () => {
    const pages = Array.from({ length: 60 }, (_, index) => pageOf(index + 1, index === 30 ? 12_000 : 700));
    const id = await add(pages);
    expect(await storage.documents.pages(id)).toEqual(pages.map(({ page }) => page));
    for (const page of [1, 2, 3, 31, 60]) expect(await storage.documents.page(id, page)).toEqual(pages[page - 1]);
    expect(await storage.documents.page(id, 61)).toBeNull();
    expect(await storage.documents.pages(await add(null))).toEqual([]);
    await storage.documents.remove(id);
    await expect(storage.documents.pages(id)).rejects.toMatchObject({ code: 'app/not-found' });
  });

  it('go with their document', async () => {
    const id = await add([pageOf(1, 3)]);
    await storage.documents.appendBytes(id, 0, randomBytes(10), true);
    await storage.documents.remove(id);
    expect(await storage.maintenance.purge(Number.MAX_SAFE_INTEGER)).toBe(1);
  });
});

describe('originals of documents', () => {
  it('are a path, or bytes that come piece by piece and are whole or not there', async () => {
    const id = await add([pageOf(1, 1)]);
    expect(await storage.documents.origin(id)).toBeNull();
    const bytes = new Uint8Array(randomBytes(2_500_000));
    const pieces = [0, 1, 2].map((index) => bytes.slice(index * 1_048_576, (index + 1) * 1_048_576));
    await storage.documents.appendBytes(id, 0, pieces[0]!, false);
    await expect(storage.documents.appendBytes(id, 2, pieces[2]!, true)).rejects.toMatchObject({
      code: 'app/invalid-input',
    });
    expect(await storage.documents.origin(id)).toBeNull();
    // An attempt that was broken off is begun anew.
    for (const [index, piece] of pieces.entries()) {
      await storage.documents.appendBytes(id, index, piece, index === 2);
    }
    expect(await storage.documents.origin(id)).toEqual({ kind: 'bytes', sizeBytes: bytes.length });
    const read = await Promise.all([0, 1, 2, 3].map((index) => storage.documents.bytes(id, index)));
    expect(read[3]).toBeNull();
    expect(Buffer.concat(read.slice(0, 3).map((piece) => piece!)).equals(bytes)).toBe(true);
    await storage.documents.setOrigin(id, { kind: 'path', path: '/home/ada/a.pdf' });
    expect(await storage.documents.origin(id)).toEqual({ kind: 'path', path: '/home/ada/a.pdf' });
    expect(await storage.documents.bytes(id, 0)).toBeNull();
    const tooMuch = storage.documents.appendBytes(id, 0, new Uint8Array(1_048_577), true);
    await expect(tooMuch).rejects.toMatchObject({ code: 'app/invalid-input' });
  });
});

describe('trees of summaries', () => {
  it('keep the newest node of each place, in order, and tell the newest whole tree of a document', async () => {
    const { document, passages } = buildDocument(['one']);
    await storage.documents.insert(document, passages);
    const { place } = passages[0]!;
    const { description } = document;
    const older = buildSummary(description, { status: 'complete', createdAt: 1, style: 'page' });
    const running = buildSummary(description, { status: 'running', createdAt: 2 });
    const bare = buildSummary(description, { status: 'complete', createdAt: 3 });
    for (const summary of [older, running, bare]) await storage.summaries.insert(summary);
    const statement = { text: 'It is one.', quotes: [{ place, quote: 'one' }], isExtract: true };
    const node = (summaryId: typeof older.id, level: number, index: number, title = 'T'): SummaryNode => ({
      id: createId(summaryNodeIdSchema),
      summaryId,
      level,
      index,
      title,
      place,
      statements: [statement],
    });
    const [root, second, first] = [node(older.id, 1, 0), node(older.id, 0, 1), node(older.id, 0, 0)];
    const again = node(older.id, 0, 1, 'again');
    for (const one of [root, second, first, again, node(running.id, 0, 0)]) await storage.summaries.putNode(one);
    expect(await storage.summaries.nodes(older.id)).toEqual([first, again, root]);
    expect(await storage.summaries.latestTree(description.id)).toBe(older.id);
    const lost = node(createId(summaryIdSchema), 0, 0);
    await expect(storage.summaries.putNode(lost)).rejects.toMatchObject({ code: 'app/not-found' });
    await storage.summaries.remove(older.id);
    expect(await storage.summaries.latestTree(description.id)).toBeNull();
    await storage.maintenance.purge(Number.MAX_SAFE_INTEGER);
    expect((await storage.summaries.list()).map(({ id }) => id)).toEqual([bare.id, running.id]);
  });
});
