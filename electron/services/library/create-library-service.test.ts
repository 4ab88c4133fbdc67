import { execFileSync } from 'node:child_process';
import { mkdir, rename, rm, symlink, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openReaders } from '../../testing/open-documents.ts';
import { openLibrary } from '../../testing/open-library.ts';
import type { LibraryService } from './library-service.ts';

const { signal } = new AbortController();

// Real processes and real waits for quiet files: on a busy machine some seconds each.
describe('createLibraryService', { timeout: 60_000 }, () => {
  const readers = openReaders();
  let bench: Awaited<ReturnType<typeof openLibrary>>;
  let library: LibraryService;

  beforeEach(async () => {
    bench = await openLibrary(readers);
    library = bench.open();
  });
  afterEach(async () => await bench.close());
  afterAll(async () => await readers.close());

  /** A collection that follows `docs`, settled. */
  const follow = async (files: Readonly<Record<string, string>>) => {
    for (const [path, content] of Object.entries(files)) await bench.write(`docs/${path}`, content);
    const { id } = await library.create('Papers');
    const { sources } = await library.addPath(id, join(bench.root, 'docs'));
    await library.whenSettled(id, signal);
    return { id, sourceId: sources[0]!.id };
  };

  it('reads what lies in a folder, and tells of every file', async () => {
    const { id } = await follow({
      'a.txt': 'Apples are red.',
      'sub/b.md': '# Pears\n\nPears are green.',
      'film.mp4': 'x',
    });
    const files = await library.whenSettled(id, signal);
    expect(files).toMatchObject([
      { path: 'a.txt', status: 'ready', location: join(bench.root, 'docs/a.txt'), passages: 1, pages: null },
      { path: 'film.mp4', status: 'skipped', error: { code: 'file/unsupported-format' } },
      { path: 'sub/b.md', status: 'ready', passages: 1 },
    ]);
    expect(await library.find('pAPERS')).toMatchObject({
      counts: { total: 3, ready: 2, skipped: 1, pending: 0, failed: 0 },
      sources: [{ displayPath: '~/docs', name: 'docs', kind: 'folder', state: 'watching' }],
    });
    expect(library.progress).toMatchObject({ filesDone: 0, filesTotal: 0 });
  });

  it('follows files that come, change and go, without being asked', async () => {
    const { id } = await follow({ 'old.txt': 'Old words.', 'kept.txt': 'Kept words.' });
    const before = await bench.filesOf(library, id);
    await bench.write('docs/new/deep.txt', 'New words.');
    await writeFile(join(bench.root, 'docs/kept.txt'), 'Other words, more of them.');
    await unlink(join(bench.root, 'docs/old.txt'));
    await bench.untilFiles(library, id, { 'kept.txt': 'ready', 'new/deep.txt': 'ready' });
    await bench.until(async () => {
      const kept = (await bench.filesOf(library, id)).find(({ path }) => path === 'kept.txt');
      return kept?.status === 'ready' && kept.documentId !== before.find(({ path }) => path === 'kept.txt')?.documentId;
    });
    // What was read of a deleted file, and of the older words, leaves the index.
    const old = () => Promise.all(before.map(({ documentId }) => bench.storage.documents.get(documentId!)));
    await bench.until(async () => (await old()).every((document) => document === null));
    expect(await bench.filesOf(library, id)).toHaveLength(2);
  });

  it('keeps what was read of a file that is renamed, and of a folder that is moved', async () => {
    // Catches a rename that is taken for a deletion and a new file, which would read and embed everything again.
    const { id } = await follow({ 'a.txt': 'Alpha words.', 'sub/b.txt': 'Beta words.', 'sub/c.txt': 'Gamma words.' });
    const before = new Map((await bench.filesOf(library, id)).map((file) => [file.id, file]));
    bench.read.length = 0;
    await rename(join(bench.root, 'docs/a.txt'), join(bench.root, 'docs/z.txt'));
    await rename(join(bench.root, 'docs/sub'), join(bench.root, 'docs/moved'));
    await bench.untilFiles(library, id, { 'z.txt': 'ready', 'moved/b.txt': 'ready', 'moved/c.txt': 'ready' });
    for (const file of await bench.filesOf(library, id)) {
      expect(file.documentId).toBe(before.get(file.id)?.documentId);
    }
    expect(bench.read).toEqual([]);
  });

  it('reads known bytes once, whatever their time and however often they lie there', async () => {
    const { id } = await follow({ 'a.txt': 'The same words.', 'b/a.txt': 'The same words.' });
    const [first, second] = await bench.filesOf(library, id);
    expect(first?.documentId).toBe(second?.documentId);
    bench.read.length = 0;
    await utimes(join(bench.root, 'docs/a.txt'), 1_000, 1_000);
    await library.rescan(id);
    await bench.untilFiles(library, id, { 'a.txt': 'ready', 'b/a.txt': 'ready' });
    expect((await bench.filesOf(library, id))[0]).toMatchObject({
      documentId: first?.documentId,
      modifiedAt: 1_000_000,
    });
    expect(bench.read).toEqual([]);
  });

  it('keeps everything while the drive is away, and goes on when it is back', async () => {
    const { id } = await follow({ 'a.txt': 'Alpha words.', 'b.txt': 'Beta words.' });
    await rename(join(bench.root, 'docs'), join(bench.root, 'unplugged'));
    await library.rescan(id);
    expect(await library.find('Papers')).toMatchObject({ sources: [{ state: 'missing' }], counts: { ready: 2 } });
    bench.read.length = 0;
    await rename(join(bench.root, 'unplugged'), join(bench.root, 'docs'));
    await bench.write('docs/c.txt', 'Gamma words.');
    await library.rescan(id);
    await bench.untilFiles(library, id, { 'a.txt': 'ready', 'b.txt': 'ready', 'c.txt': 'ready' });
    expect(await library.find('Papers')).toMatchObject({ sources: [{ state: 'watching' }] });
    expect(bench.read).toEqual(['c.txt']);
  });

  it('takes a bare mount point for a missing drive, and an emptied folder for what it is', async () => {
    // Catches an unplugged drive of a fixed mount point, which looks like a folder whose files were all deleted.
    const { id } = await follow({ 'a.txt': 'Alpha words.' });
    await rename(join(bench.root, 'docs'), join(bench.root, 'unplugged'));
    await mkdir(join(bench.root, 'docs'));
    await utimes(join(bench.root, 'docs'), 1_000, 1_000);
    await library.rescan(id);
    expect(await library.find('Papers')).toMatchObject({ sources: [{ state: 'missing' }], counts: { ready: 1 } });
    await rm(join(bench.root, 'docs'), { recursive: true });
    await rename(join(bench.root, 'unplugged'), join(bench.root, 'docs'));
    await library.rescan(id);
    // The clocks of file systems are coarse, so a folder that was emptied at once would pass for strange.
    await new Promise((resolve) => setTimeout(resolve, 50));
    await unlink(join(bench.root, 'docs/a.txt'));
    await library.rescan(id);
    expect(await library.find('Papers')).toMatchObject({ sources: [{ state: 'watching' }], counts: { total: 0 } });
  });

  it('reads neither links, pipes nor what is hidden, and names of any kind', async () => {
    await bench.write('outside.txt', 'Secret words.');
    const docs = join(bench.root, 'docs');
    await bench.write('docs/a.txt', 'Alpha words.');
    await symlink(docs, join(docs, 'loop'));
    await symlink(join(bench.root, 'outside.txt'), join(docs, 'link.txt'));
    execFileSync('mkfifo', [join(docs, 'pipe.txt')]);
    await bench.write('docs/.git/config', 'Hidden words.');
    await bench.write('docs/node_modules/x/readme.md', 'Foreign words.');
    const odd = [
      'two\nlines.txt',
      'Ü 文 \u202e.txt',
      '\u{1f600}.txt',
      '\ue000.txt',
      '-rf.txt',
      '%2e.txt',
      'quote\'s".txt',
    ];
    for (const name of odd) await bench.write(`docs/${name}`, `Words of ${name}`);
    const { id } = await follow({});
    const notAFile = { status: 'skipped', error: { code: 'library/not-a-file' } };
    const files = new Map((await bench.filesOf(library, id)).map((file) => [file.path, file]));
    for (const name of ['loop', 'link.txt', 'pipe.txt']) expect(files.get(name)).toMatchObject(notAFile);
    for (const name of ['a.txt', ...odd]) expect(files.get(name)).toMatchObject({ status: 'ready' });
    expect(files.size).toBe(odd.length + 4);
    // Catches an order of names that the walk and the database disagree on: files would come and go with every walk.
    bench.read.length = 0;
    await library.rescan(id);
    await library.whenSettled(id, signal);
    expect(bench.read).toEqual([]);
    expect(new Set((await bench.filesOf(library, id)).map((file) => file.id))).toEqual(
      new Set([...files.values()].map((file) => file.id)),
    );
  });

  it('leaves out what a .sottoignore and the patterns of the source say', async () => {
    const { id, sourceId } = await follow({
      '.sottoignore': 'drafts/\n# a comment\n*.log',
      'drafts/a.txt': 'Draft.',
      'b.log': 'Log.',
      'keep.txt': 'Kept words.',
      'private.txt': 'Private words.',
    });
    await bench.untilFiles(library, id, { 'keep.txt': 'ready', 'private.txt': 'ready' });
    await library.setIgnorePatterns(sourceId, ['private.*', '!b.log']);
    await bench.untilFiles(library, id, { 'b.log': 'ready', 'keep.txt': 'ready' });
    await expect(library.setIgnorePatterns(sourceId, ['*a*a*a*a*a*a*a*b'])).rejects.toMatchObject({
      code: 'app/invalid-input',
    });
  });

  it('says what is wrong with a file, and reads it again when asked or changed', async () => {
    const { id } = await follow({
      'broken.pdf': '%PDF-1.7 nothing of it',
      'blob.unknown': '\0\0\0\x01\x02',
      'good.txt': 'Words.',
    });
    const [blob, broken] = await bench.filesOf(library, id);
    expect(blob).toMatchObject({ status: 'skipped', documentId: null });
    expect(broken).toMatchObject({ status: 'failed', documentId: null });
    expect(broken?.error?.code).toMatch(/^(?:file|parsing)\//);
    // What failed is not tried again by itself.
    bench.read.length = 0;
    await library.rescan(id);
    await library.whenSettled(id, signal);
    expect(bench.read).toEqual([]);
    await library.retryFile(broken!.id);
    await bench.until(() => bench.read.includes('broken.pdf'));
    await bench.write('docs/broken.pdf', 'Plain words after all.');
    await library.rescan(id);
    await library.whenSettled(id, signal);
    expect((await bench.filesOf(library, id))[1]).toMatchObject({ path: 'broken.pdf', status: 'ready', error: null });
  });

  it('shares a document between collections, and lets it go with the last', async () => {
    const { id } = await follow({ 'a.txt': 'Shared words.' });
    const other = await library.create('Other');
    await bench.write('more/copy.txt', 'Shared words.');
    await library.addPath(other.id, join(bench.root, 'more'));
    const [copy] = await library.whenSettled(other.id, signal);
    const documentId = copy!.documentId!;
    expect([...(await library.collectionsOf(documentId))].sort()).toEqual([id, other.id].sort());
    const { sources } = await library.find('Papers');
    await library.removeSource(sources[0]!.id);
    expect(await library.collectionsOf(documentId)).toEqual([other.id]);
    // A collection that can be brought back keeps what was read.
    await library.remove(other.id);
    expect(await library.list()).toHaveLength(1);
    expect(await library.restore(other.id)).toMatchObject({ name: 'Other', counts: { ready: 1 } });
    expect(await bench.storage.documents.get(documentId)).not.toBeNull();
    await library.removeSource((await library.find('Other')).sources[0]!.id);
    expect(await library.collectionsOf(documentId)).toEqual([]);
    // For good, when the time to undo it is over.
    await bench.storage.maintenance.purge(Number.MAX_SAFE_INTEGER);
    expect(await bench.storage.documents.get(documentId)).toBeNull();
  });

  it('brings a source back with what was read of it, and follows it again', async () => {
    // Catches an undo that reads everything again, one that finds nothing, and a search in what was taken out.
    const { id, sourceId } = await follow({ 'a.txt': 'Badgers dig.', 'b.txt': 'Otters swim.' });
    const scope = { documentIds: [], collectionIds: [id] };
    const search = async () =>
      await bench.documents.search({ query: 'badgers', scope, mode: 'lexical', limit: 1 }, signal);
    const before = await bench.filesOf(library, id);
    expect(await library.removeSource(sourceId)).toMatchObject({ sources: [], counts: { total: 0 } });
    expect(await search()).toEqual([]);
    await bench.write('docs/c.txt', 'Foxes run.');
    bench.read.length = 0;
    expect(await library.restoreSource(sourceId, id)).toMatchObject({
      sources: [{ id: sourceId, displayPath: '~/docs' }],
      counts: { ready: 2 },
    });
    expect(await search()).toHaveLength(1);
    await bench.untilFiles(library, id, { 'a.txt': 'ready', 'b.txt': 'ready', 'c.txt': 'ready' });
    expect(bench.read).toEqual(['c.txt']);
    expect((await bench.filesOf(library, id)).slice(0, 2)).toEqual(before);
    await expect(library.restoreSource(sourceId, id)).rejects.toMatchObject({ code: 'app/not-found' });
  });

  it('keeps a file that was handed over as bytes, once', async () => {
    const { id } = await library.create('Papers');
    const bytes = async function* () {
      yield await Promise.resolve(Buffer.from('Handed over words.'));
    };
    const ticket = async () => (await bench.files.ticketForUpload('letter.txt', bytes(), 1_000)).ticket;
    expect(await library.addFile(id, await ticket())).toMatchObject({
      sources: [{ kind: 'file', name: 'letter.txt', displayPath: 'letter.txt', state: 'watching' }],
    });
    await expect(library.addFile(id, await ticket())).rejects.toMatchObject({ code: 'library/source-taken' });
    await bench.end(library);
    library = bench.open();
    await library.rescan(id);
    await bench.untilFiles(library, id, { 'letter.txt': 'ready' });
  });

  it('refuses names and paths that are taken or not there', async () => {
    const { id } = await follow({ 'a.txt': 'Words.' });
    const refused = async (call: Promise<unknown>, code: string) => await expect(call).rejects.toMatchObject({ code });
    await refused(library.create('papers'), 'library/name-taken');
    await refused(library.create('  '), 'app/invalid-input');
    await refused(library.find('Nothing'), 'library/no-collection');
    await refused(library.addPath(id, join(bench.root, 'docs')), 'library/source-taken');
    await refused(library.addPath(id, join(bench.root, 'nowhere')), 'file/not-found');
    await refused(library.addPath(id, 'docs'), 'app/invalid-input');
    await symlink(join(bench.root, 'docs'), join(bench.root, 'alias'));
    await refused(library.addPath(id, join(bench.root, 'alias')), 'library/source-taken');
  });

  it('leaves out what is beyond the limit of files, and takes it up when there is room', async () => {
    await bench.end(library);
    library = bench.open({ fileLimit: 2 });
    const { id } = await follow({ 'a.txt': 'One.', 'b.txt': 'Two words.', 'c.txt': 'Three words here.' });
    expect((await bench.filesOf(library, id))[2]).toMatchObject({
      status: 'skipped',
      error: { code: 'library/file-limit', details: { limit: 2 } },
    });
    await unlink(join(bench.root, 'docs/a.txt'));
    await library.rescan(id);
    await bench.untilFiles(library, id, { 'b.txt': 'ready', 'c.txt': 'ready' });
  });

  it('shows folders by tickets alone', async () => {
    await follow({ 'a.txt': 'Words.', 'sub/b.txt': 'Words.' });
    const home = await library.openFolder(null);
    expect(home.displayPath).toBe('~');
    expect(home.places[0]?.ticket).toBe(home.ticket);
    const docs = home.folders.find(({ name }) => name === 'docs');
    const opened = await library.openFolder(docs!.ticket);
    expect(opened).toMatchObject({ displayPath: '~/docs', files: 1, parent: home.ticket, folders: [{ name: 'sub' }] });
    const other = await library.create('Other');
    await expect(library.addFolder(other.id, opened.ticket)).resolves.toMatchObject({ sources: [{ name: 'docs' }] });
    expect(await library.folderTicketForPath(join(bench.root, 'docs/sub'))).toBe(opened.folders[0]?.ticket);
  });
});
