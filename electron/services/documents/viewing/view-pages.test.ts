import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DocumentDescription } from '../../../shared/document.ts';
import { collectionIdSchema, createId, libraryFileIdSchema, sourceIdSchema } from '../../../shared/ids.ts';
import { buildPdf } from '../../../testing/build-pdf.ts';
import { openDocuments, openReaders } from '../../../testing/open-documents.ts';
import type { DocumentsService } from '../documents-service.ts';

const signal = new AbortController().signal;
const pdf = buildPdf([
  ['The first page tells of bread.', 'It is baked on Saturdays.'],
  ['The second page tells of water.', 'The spring lies behind the house.'],
]);
const pngSignature = [0x89, 0x50, 0x4e, 0x47];

// The parsing process takes its time to start where the machine is busy.
describe('pages of documents', { timeout: 30_000 }, () => {
  let readers: ReturnType<typeof openReaders>;
  let app: Awaited<ReturnType<typeof openDocuments>>;
  let service: DocumentsService;

  beforeAll(() => {
    readers = openReaders();
  });
  afterAll(async () => await readers.close());
  beforeEach(async () => {
    app = await openDocuments(readers);
    service = app.open();
  });
  afterEach(async () => await app.close());

  const addFile = async (): Promise<DocumentDescription> => service.add(await app.ticket('house.pdf', pdf), signal);
  const addUpload = async (): Promise<DocumentDescription> => {
    const bytes = (async function* () {
      yield pdf;
    })();
    const { ticket } = await app.files.ticketForUpload('house.pdf', bytes, 1_000_000);
    return await service.add(ticket, signal);
  };
  const draws = async (id: DocumentDescription['id']): Promise<boolean> => {
    const bytes = await service.pageImage(id, 2, 200, signal);
    return pngSignature.every((byte, index) => bytes[index] === byte);
  };
  /** Puts the document into a collection whose folder is the test's. */
  const collect = async (id: DocumentDescription['id'], path: string): Promise<void> => {
    const { collections, libraryFiles } = app.storage;
    const [collectionId, sourceId, fileId] = [
      createId(collectionIdSchema),
      createId(sourceIdSchema),
      createId(libraryFileIdSchema),
    ];
    await collections.insert({ id: collectionId, name: 'House', isLocalOnly: false, createdAt: 1 });
    const source = {
      id: sourceId,
      collectionId,
      kind: 'folder',
      path: app.folder,
      ignorePatterns: [],
      isLocalOnly: false,
    } as const;
    await collections.insertSource(source);
    await libraryFiles.put(sourceId, collectionId, [{ id: fileId, path, sizeBytes: 1, modifiedAt: 1, skipped: null }]);
    await libraryFiles.update(fileId, { status: 'ready', documentId: id });
  };

  it('tells the pages and shows one with the boxes of a stretch', async () => {
    const document = await addFile();
    const { id, pages } = document;
    expect(pages).toBe(2);
    const listed = await service.pages(id);
    expect(listed.map(({ page, reading }) => [page, reading])).toEqual([
      [1, 'text'],
      [2, 'text'],
    ]);
    const { text } = await service.content(id);
    expect(listed[0]?.end).toBe(listed[1]?.start);
    const start = text.indexOf('spring');
    const view = await service.pageView(id, 2, { start, end: start + 'spring'.length });
    expect(view).toMatchObject({ pageCount: 2, picture: 'available', documentName: 'house.pdf', format: 'pdf' });
    expect(view.text).toContain('The spring lies behind the house.');
    // The second line of the page, after "The ": Helvetica of 12 points begins at 72.
    const [box, ...others] = view.highlights;
    expect(others).toEqual([]);
    expect(box?.x).toBeGreaterThan(85);
    expect(box?.x).toBeLessThan(105);
    expect(box?.y).toBeGreaterThan(70);
    expect(box?.y).toBeLessThan(95);
    expect(await service.pageView(id, 1, { start, end: start + 6 })).toMatchObject({ highlights: [] });
  });

  it('gives passages their page', async () => {
    const { id } = await addFile();
    const [best] = await service.search(
      { query: 'spring', scope: { documentIds: [id], collectionIds: [] }, mode: 'lexical', limit: 1 },
      signal,
    );
    expect(best?.passage.place).toMatchObject({ page: 2 });
    expect(best?.passage.place.lines).toBeUndefined();
  });

  it('draws pages from the file, and says when it was changed or is gone', async () => {
    const { id } = await addFile();
    expect(await draws(id)).toBe(true);
    const path = join(app.folder, 'house.pdf');
    await writeFile(path, buildPdf([['Another text.']]));
    // A width that was not drawn before: what was drawn is kept.
    await expect(service.pageImage(id, 2, 300, signal)).rejects.toMatchObject({ code: 'file/changed' });
    expect((await service.pageView(id, 2, null)).picture).toBe('original-changed');
    await rm(path);
    await expect(service.pageImage(id, 2, 300, signal)).rejects.toMatchObject({ code: 'file/not-found' });
    expect((await service.pageView(id, 2, null)).picture).toBe('original-missing');
  });

  it('draws from a file of a collection that still has the bytes', async () => {
    const { id } = await addFile();
    await rename(join(app.folder, 'house.pdf'), join(app.folder, 'moved.pdf'));
    await collect(id, 'moved.pdf');
    expect(await draws(id)).toBe(true);
  });

  it('keeps bytes that have no file of their own, and draws from them after a restart', async () => {
    // Catches a viewer that works only as long as the upload lies in the temporary folder.
    const { id } = await addUpload();
    expect(await app.storage.documents.origin(id)).toMatchObject({ kind: 'bytes', sizeBytes: pdf.byteLength });
    await app.end(service);
    service = app.open();
    expect((await service.pageView(id, 1, null)).picture).toBe('available');
    expect(await draws(id)).toBe(true);
  });

  it('keeps no bytes of formats that are shown as text', async () => {
    const { ticket } = await app.files.ticketForText('notes.txt', 'Only words.');
    const { id } = await service.add(ticket, signal);
    expect(await app.storage.documents.origin(id)).toBeNull();
    expect(await service.pages(id)).toEqual([]);
    await expect(service.pageView(id, 1, null)).rejects.toMatchObject({ code: 'app/not-found' });
  });

  it('refuses pages and documents that are not there', async () => {
    const { id } = await addFile();
    for (const page of [3, 99]) {
      await expect(service.pageView(id, page, null)).rejects.toMatchObject({ code: 'app/not-found' });
      await expect(service.pageImage(id, page, 200, signal)).rejects.toMatchObject({ code: 'app/not-found' });
    }
    await service.remove(id);
    await expect(service.pages(id)).rejects.toMatchObject({ code: 'app/not-found' });
  });

  it('leaves a document in its collection when it is removed by hand', async () => {
    // Catches a collection that shows a file as read while nothing of it can be found.
    const { id } = await addFile();
    await collect(id, 'house.pdf');
    await service.remove(id);
    expect(await service.list()).toEqual([]);
    expect(await service.get(id)).toMatchObject({ isLoose: false });
    expect(await service.restore(id)).toMatchObject({ id, isLoose: true });
    expect(await service.list()).toHaveLength(1);
  });

  it('makes a document of a collection loose when a person adds it, and removes only what nobody holds', async () => {
    const ticket = await app.ticket('house.pdf', pdf);
    const { id } = await service.addFile({ file: app.files.resolve(ticket), origin: 'path', isLoose: false }, signal);
    expect(await service.list()).toEqual([]);
    expect((await service.add(ticket, signal)).id).toBe(id);
    expect(await service.list()).toMatchObject([{ id, isLoose: true }]);
    await service.removeOrphans();
    expect(await service.list()).toHaveLength(1);
    await app.storage.documents.update(id, { isLoose: false });
    await service.removeOrphans();
    await expect(service.get(id)).rejects.toMatchObject({ code: 'app/not-found' });
  });
});
