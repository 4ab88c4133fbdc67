import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { collectionIdSchema, createId, libraryFileIdSchema, sourceIdSchema } from '../shared/ids.ts';
import type { DocumentId } from '../shared/ids.ts';
import { buildDocument, scopeOf } from '../testing/build-records.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { openTestStorage } from '../testing/open-test-storage.ts';
import type { FoundFile, Storage, StoredCollection, StoredSource } from './storage.ts';

let storage: Storage;
beforeEach(async () => {
  storage = await openTestStorage({ clock: createFakeClock() });
});
afterEach(() => storage.close());

const collection = (name: string): StoredCollection => ({
  id: createId(collectionIdSchema),
  name,
  isLocalOnly: false,
  createdAt: 5,
});
const source = ({ id }: StoredCollection, path = '/home/ada/papers'): StoredSource => ({
  id: createId(sourceIdSchema),
  collectionId: id,
  kind: 'folder',
  path,
  ignorePatterns: ['*.tmp', '!keep.tmp'],
  isLocalOnly: false,
});
const found = (path: string, change: Partial<FoundFile> = {}): FoundFile => ({
  id: createId(libraryFileIdSchema),
  path,
  sizeBytes: 10,
  modifiedAt: 1_000.25,
  skipped: null,
  ...change,
});
const tooLarge = { code: 'file/too-large', message: 'Too large.', details: {} } as const;

async function addCollection(name = 'Papers') {
  const papers = collection(name);
  const folder = source(papers);
  await storage.collections.insert(papers);
  await storage.collections.insertSource(folder);
  const put = async (...files: readonly FoundFile[]) => await storage.libraryFiles.put(folder.id, papers.id, files);
  const list = async (request: { query?: string; status?: 'waiting' | 'skipped' | 'ready'; limit?: number } = {}) => {
    const { query = '', status = null, limit = 100 } = request;
    return await storage.libraryFiles.list({ collectionId: papers.id, query, status, offset: 0, limit });
  };
  return { papers, folder, put, list };
}

async function addDocument(text: string, isLoose = false): Promise<DocumentId> {
  const { document, passages } = buildDocument([text], { isLoose });
  await storage.documents.insert(document, passages);
  return document.description.id;
}

describe('CollectionRepository', () => {
  it('lists collections by name with their sources, as they were stored', async () => {
    const [zoo, archive] = [collection('zoo'), collection('Archive')];
    for (const one of [zoo, archive]) await storage.collections.insert(one);
    const letters = source(zoo);
    await storage.collections.insertSource(letters);
    expect(await storage.collections.list()).toEqual([archive, zoo]);
    expect(await storage.collections.sources()).toEqual([letters]);
    await storage.collections.updateSource(letters.id, { path: '/media/letters' });
    await storage.collections.updateSource(letters.id, { ignorePatterns: [] });
    expect(await storage.collections.sources()).toEqual([{ ...letters, path: '/media/letters', ignorePatterns: [] }]);
  });

  it('takes no name twice, in whatever case, and no path twice in one collection', async () => {
    const { papers, folder } = await addCollection('Übung');
    const taken = { code: 'library/name-taken' };
    await expect(storage.collections.insert(collection('übung'))).rejects.toMatchObject(taken);
    const other = collection('Other');
    await storage.collections.insert(other);
    await expect(storage.collections.rename(other.id, 'ÜBUNG')).rejects.toMatchObject(taken);
    await storage.collections.rename(papers.id, 'übung');
    await expect(storage.collections.insertSource(source(papers))).rejects.toMatchObject({
      code: 'library/source-taken',
    });
    await storage.collections.insertSource({ ...source(other), path: folder.path });
    // The name of a removed collection is free, and its undo must not make two of one name.
    await storage.collections.remove(papers.id);
    await storage.collections.rename(other.id, 'Übung');
    await expect(storage.collections.restore(papers.id)).rejects.toMatchObject(taken);
  });

  it('brings a removed collection back with its files, until it is purged', async () => {
    const { papers, put, list } = await addCollection();
    await put(found('a.pdf'), found('b.pdf'));
    await storage.collections.remove(papers.id);
    expect([await storage.collections.list(), await storage.collections.sources()]).toEqual([[], []]);
    expect(await storage.libraryFiles.waiting(10)).toEqual([]);
    expect((await list()).files).toEqual([]);
    await storage.collections.restore(papers.id);
    expect((await list()).total).toBe(2);
    await storage.collections.remove(papers.id);
    await storage.maintenance.purge(Number.MAX_SAFE_INTEGER);
    await expect(storage.collections.restore(papers.id)).rejects.toMatchObject({ code: 'app/not-found' });
  });

  // Catches a purge that leaves documents which nothing names any more, or takes one that somebody still has.
  it('purges with a collection the documents that only it held', async () => {
    const { papers, put, list } = await addCollection();
    const other = await addCollection('Other');
    const [only, shared, loose] = [
      await addDocument('only'),
      await addDocument('shared'),
      await addDocument('own', true),
    ];
    await put(found('only'), found('shared'), found('loose'));
    await other.put(found('shared'));
    const documents = { only, shared, loose };
    for (const { id, path } of [...(await list()).files, ...(await other.list()).files]) {
      const documentId = documents[path as keyof typeof documents];
      await storage.libraryFiles.update(id, { status: 'ready', documentId });
    }
    await storage.collections.remove(papers.id);
    // While it can be undone, everything stays.
    expect(await storage.documents.removeOrphans()).toEqual([]);
    await storage.maintenance.purge(Number.MAX_SAFE_INTEGER);
    expect(await storage.documents.get(only)).toBeNull();
    expect(await storage.documents.get(shared)).not.toBeNull();
    expect(await storage.documents.get(loose)).not.toBeNull();
  });
});

describe('LibraryFileRepository', () => {
  it('makes changed files wait, and leaves the others as they are', async () => {
    const { put, list } = await addCollection();
    await put(found('same'), found('larger'), found('later'));
    const documentId = await addDocument('text');
    const hash = (await storage.documents.get(documentId))!.hash;
    for (const { id } of (await list()).files) {
      await storage.libraryFiles.update(id, { status: 'ready', documentId, hash });
    }
    await put(found('same'), found('larger', { sizeBytes: 11 }), found('later', { modifiedAt: 1_000.5 }), found('new'));
    const { files } = await list();
    expect(files.map(({ path, status, documentId: document, hash: known }) => [path, status, document, known])).toEqual(
      [
        ['larger', 'waiting', documentId, hash],
        ['later', 'waiting', documentId, hash],
        ['new', 'waiting', null, null],
        ['same', 'ready', documentId, hash],
      ],
    );
  });

  it('lets go of what is left out on purpose, and takes it up when it is not any more', async () => {
    const { papers, put, list } = await addCollection();
    await put(found('big'));
    const [file] = (await list()).files;
    await storage.libraryFiles.update(file!.id, { status: 'ready', documentId: await addDocument('big') });
    await put(found('big', { skipped: tooLarge }));
    expect((await list()).files).toMatchObject([{ status: 'skipped', error: tooLarge, documentId: null }]);
    expect(await storage.documents.removeOrphans()).toHaveLength(1);
    expect(await storage.collections.counts(papers.id)).toMatchObject({ total: 1, skipped: 1, ready: 0 });
    await put(found('big'));
    expect((await list()).files).toMatchObject([{ status: 'waiting', error: null }]);
  });

  it('stores all files of a slice or none', async () => {
    const { put, list } = await addCollection();
    const twin = found('a');
    await expect(put(twin, { ...twin, path: 'b' })).rejects.toMatchObject({ code: 'app/invalid-input' });
    expect((await list()).total).toBe(0);
  });

  it('lists pages in the order of the paths, and finds a part of a path in any case', async () => {
    const { papers, put, list } = await addCollection();
    await put(
      found('Brief/Über.txt'),
      found('a/100%.txt'),
      found('c_c.txt', { skipped: tooLarge }),
      found('brief/z.txt'),
    );
    const { files, total } = await list({ limit: 3 });
    expect([files.map(({ path }) => path), total]).toEqual([['a/100%.txt', 'brief/z.txt', 'Brief/Über.txt'], 4]);
    const paths = async (query: string) => (await list({ query })).files.map(({ path }) => path);
    expect(await paths('ÜBER')).toEqual(['Brief/Über.txt']);
    expect(await paths('u\u0308ber')).toEqual(['Brief/Über.txt']);
    expect(await paths('%')).toEqual(['a/100%.txt']);
    expect(await paths('_')).toEqual(['c_c.txt']);
    expect((await list({ status: 'skipped' })).files.map(({ path }) => path)).toEqual(['c_c.txt']);
    const page = { collectionId: papers.id, query: '', status: null, offset: 3, limit: 3 };
    expect(await storage.libraryFiles.list(page)).toMatchObject({ total: 4, files: [{ path: 'c_c.txt' }] });
  });

  it('walks through a source in slices without leaving one out', async () => {
    const { folder, put } = await addCollection();
    const names = ['b', 'B', 'a/1', 'a', 'ä', '😀', '\n'];
    await put(...names.map((name) => found(name)));
    const seen: string[] = [];
    for (;;) {
      const slice = await storage.libraryFiles.ofSource(folder.id, seen.at(-1) ?? null, 2);
      if (slice.length === 0) break;
      seen.push(...slice.map(({ path }) => path));
    }
    expect(seen.toSorted()).toEqual(names.toSorted());
  });

  it('keeps the document of a renamed file', async () => {
    const { folder, put, list } = await addCollection();
    await put(found('old.txt'), found('taken.txt'));
    const [file] = (await list()).files;
    const documentId = await addDocument('text');
    await storage.libraryFiles.update(file!.id, { status: 'ready', documentId });
    await storage.libraryFiles.move(file!.id, 'sub/new.txt');
    expect(await storage.libraryFiles.ofDocument(documentId)).toMatchObject([
      { path: 'sub/new.txt', sourcePath: folder.path, sourceKind: 'folder', status: 'ready' },
    ]);
    await expect(storage.libraryFiles.move(file!.id, 'taken.txt')).rejects.toMatchObject({ code: 'app/invalid-input' });
    await storage.libraryFiles.remove([file!.id]);
    expect(await storage.libraryFiles.get(file!.id)).toBeNull();
    expect(await storage.documents.removeOrphans()).toEqual([documentId]);
  });

  // Catches a file that is read twice at once, and one that a kill leaves unread for ever.
  it('hands out small files first, those that are being read not again, and after a restart they are', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sotto-reading-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const location = { kind: 'file', path: join(folder, 'sotto.db'), key: randomBytes(32) } as const;
    await storage.close();
    storage = await openTestStorage({ location });
    const { put, list } = await addCollection();
    await put(found('large', { sizeBytes: 900 }), found('small', { sizeBytes: 1 }), found('middle', { sizeBytes: 50 }));
    const waiting = async () => (await storage.libraryFiles.waiting(10)).map(({ path }) => path);
    expect(await waiting()).toEqual(['small', 'middle', 'large']);
    const small = (await list()).files.find(({ path }) => path === 'small');
    await storage.libraryFiles.update(small!.id, { status: 'reading' });
    expect(await waiting()).toEqual(['middle', 'large']);
    await storage.close();
    storage = await openTestStorage({ location });
    expect(await waiting()).toEqual(['small', 'middle', 'large']);
  });

  it('follows a document that became ready or failed, but not one that its file has outgrown', async () => {
    const { put, list } = await addCollection();
    const documentId = await addDocument('text');
    await put(found('current'), found('changed'));
    for (const { id } of (await list()).files)
      await storage.libraryFiles.update(id, { status: 'indexing', documentId });
    await put(found('changed', { sizeBytes: 99 }));
    const states = async () => (await list()).files.map(({ path, status, error }) => [path, status, error?.code]);
    await storage.documents.update(documentId, { status: 'ready' });
    await storage.libraryFiles.followDocument(documentId);
    expect(await states()).toEqual([
      ['changed', 'waiting', undefined],
      ['current', 'ready', undefined],
    ]);
    const error = { code: 'engine/crashed', message: 'gone', details: {} } as const;
    await storage.documents.update(documentId, { status: 'failed', error });
    await storage.libraryFiles.followDocument(documentId);
    expect(await states()).toEqual([
      ['changed', 'waiting', undefined],
      ['current', 'failed', 'engine/crashed'],
    ]);
  });

  it('reads a removed document again when it is purged', async () => {
    const { put, list } = await addCollection();
    await put(found('a'));
    const [file] = (await list()).files;
    const documentId = await addDocument('text');
    await storage.libraryFiles.update(file!.id, { status: 'ready', documentId });
    await storage.documents.remove(documentId);
    await storage.maintenance.purge(Number.MAX_SAFE_INTEGER);
    expect(await storage.libraryFiles.get(file!.id)).toMatchObject({ status: 'waiting', documentId: null, hash: null });
  });
});

describe('scopes', () => {
  it('are documents and the documents of live collections, each once', async () => {
    const { papers, put, list } = await addCollection();
    const [inside, outside, both] = [
      await addDocument('otter a'),
      await addDocument('otter b', true),
      await addDocument('otter c', true),
    ];
    await put(found('1'), found('2'), found('3'));
    const documents = [inside, both, inside];
    for (const [index, { id }] of (await list()).files.entries()) {
      await storage.libraryFiles.update(id, { status: 'ready', documentId: documents[index]! });
    }
    const scope = { documentIds: [outside, both], collectionIds: [papers.id] };
    expect(await storage.documents.inScope(scope, 10)).toEqual([inside, outside, both]);
    expect(await storage.documents.inScope(scope, 2)).toHaveLength(2);
    const texts = async () =>
      (await storage.passages.searchLexical('otter', scope, 10)).map(({ passage }) => passage.text).toSorted();
    expect(await texts()).toEqual(['otter a', 'otter b', 'otter c']);
    expect(await storage.passages.wordCounts(['otters', 'b', 'nowhere'], scope)).toEqual({
      passages: 3,
      counts: [3, 1, 0],
    });
    expect(await storage.passages.wordCounts(['otter'], scopeOf([inside]))).toEqual({ passages: 1, counts: [1] });
    await storage.documents.remove(both);
    expect(await texts()).toEqual(['otter a', 'otter b']);
    await storage.collections.remove(papers.id);
    expect(await texts()).toEqual(['otter b']);
    expect(await storage.documents.list()).toMatchObject([{ id: outside }]);
  });

  it('leave what only a removed collection holds out of what waits for vectors', async () => {
    const { papers, put, list } = await addCollection();
    const loose = await addDocument('loose', true);
    const held = await addDocument('held');
    await put(found('1'));
    await storage.libraryFiles.update((await list()).files[0]!.id, { status: 'indexing', documentId: held });
    expect(await storage.documents.unindexed()).toEqual([loose, held]);
    await storage.collections.remove(papers.id);
    expect(await storage.documents.unindexed()).toEqual([loose]);
  });
});
