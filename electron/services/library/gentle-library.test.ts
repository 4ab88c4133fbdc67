import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LibraryProgress } from '../../shared/library.ts';
import { openReaders } from '../../testing/open-documents.ts';
import { openLibrary } from '../../testing/open-library.ts';

const { signal } = new AbortController();

// Real processes and real waits for quiet files: on a busy machine some seconds each.
describe('a library that rests', { timeout: 60_000 }, () => {
  const readers = openReaders();
  let bench: Awaited<ReturnType<typeof openLibrary>>;

  beforeEach(async () => {
    bench = await openLibrary(readers);
  });
  afterEach(async () => await bench.close());
  afterAll(async () => await readers.close());

  const follow = async (library: ReturnType<typeof bench.open>) => {
    await bench.write('docs/a.txt', 'Alpha words.');
    await bench.write('docs/b.txt', 'Beta words.');
    const { id } = await library.create('Papers');
    await library.addPath(id, join(bench.root, 'docs'));
    await bench.untilFiles(library, id, { 'a.txt': 'waiting', 'b.txt': 'waiting' });
    return id;
  };

  it('stays paused over a restart, says so, and goes on when told', async () => {
    const first = bench.open();
    await first.setPaused(true);
    const id = await follow(first);
    await bench.end(first);
    const library = bench.open();
    await bench.until(() => library.progress.pause === 'user' && library.progress.filesTotal === 2);
    expect(bench.read).toEqual([]);
    await library.setPaused(false);
    await bench.untilFiles(library, id, { 'a.txt': 'ready', 'b.txt': 'ready' });
    await bench.until(() => library.progress.filesTotal === 0 && library.progress.pause === null);
    expect(bench.read.toSorted()).toEqual(['a.txt', 'b.txt']);
  });

  it('leaves one collection alone over a restart, reads the others, and goes on when told', async () => {
    // Catches a pause that halts everything, one that a restart forgets, and a status line that waits for what is paused.
    const first = bench.open();
    const { id } = await first.create('Papers');
    expect(await first.setCollectionPaused(id, true)).toMatchObject({ isPaused: true });
    await bench.write('docs/a.txt', 'Alpha words.');
    await first.addPath(id, join(bench.root, 'docs'));
    await bench.untilFiles(first, id, { 'a.txt': 'waiting' });
    await bench.end(first);
    const library = bench.open();
    const other = await library.create('Letters');
    await bench.write('letters/b.txt', 'Beta words.');
    await library.addPath(other.id, join(bench.root, 'letters'));
    await bench.untilFiles(library, other.id, { 'b.txt': 'ready' });
    await bench.until(() => library.progress.filesTotal === 0);
    expect(bench.read).toEqual(['b.txt']);
    expect(await library.list()).toMatchObject([
      { name: 'Letters', isPaused: false },
      { name: 'Papers', isPaused: true, counts: { pending: 1 } },
    ]);
    await library.setCollectionPaused(id, false);
    await bench.untilFiles(library, id, { 'a.txt': 'ready' });
  });

  it('waits for the mains', async () => {
    bench.setPower('battery');
    const library = bench.open();
    const { id } = await library.create('Papers');
    await bench.write('docs/a.txt', 'Alpha words.');
    await library.addPath(id, join(bench.root, 'docs'));
    await bench.until(() => library.progress.pause === 'battery');
    await bench.settings.update({ pausesIndexingOnBattery: false });
    await bench.untilFiles(library, id, { 'a.txt': 'ready' });
    expect(library.progress.pause).not.toBe('battery');
  });

  it('reads for somebody who waits, whatever pauses stand, and rests again', async () => {
    const library = bench.open();
    await library.setPaused(true);
    const id = await follow(library);
    const files = await library.whenSettled(id, signal);
    expect(files.map(({ status }) => status)).toEqual(['ready', 'ready']);
    await bench.write('docs/c.txt', 'Gamma words.');
    await bench.untilFiles(library, id, { 'a.txt': 'ready', 'b.txt': 'ready', 'c.txt': 'waiting' });
    expect(bench.read).not.toContain('c.txt');
  });

  it('does nothing by itself behind a door that ends soon', async () => {
    // Catches a question in the terminal that starts to read whole folders.
    const library = bench.open({ platform: { door: 'terminal' } });
    const { id } = await library.create('Papers');
    await bench.write('docs/a.txt', 'Alpha words.');
    await library.addPath(id, join(bench.root, 'docs'));
    expect(await bench.filesOf(library, id)).toEqual([]);
    expect(await library.whenSettled(id, signal)).toMatchObject([{ path: 'a.txt', status: 'ready' }]);
  });

  it('does not wait for a drive that is away', async () => {
    const library = bench.open();
    await library.setPaused(true);
    const id = await follow(library);
    await rename(join(bench.root, 'docs'), join(bench.root, 'away'));
    await library.rescan(id);
    await library.setPaused(false);
    expect((await library.whenSettled(id, signal)).map(({ status }) => status)).toEqual(['waiting', 'waiting']);
    await bench.until(() => library.progress.pause === 'offline-drive');
  });

  it('tells its progress to the end', async () => {
    const library = bench.open();
    await library.setPaused(true);
    await follow(library);
    const seen: LibraryProgress[] = [];
    const ending = new AbortController();
    const watching = (async () => {
      for await (const progress of library.watchProgress(ending.signal)) {
        seen.push(progress);
        if (seen.some(({ filesTotal }) => filesTotal === 2) && progress.filesTotal === 0) break;
      }
    })();
    await library.setPaused(false);
    await watching;
    ending.abort();
    expect(Math.max(...seen.map(({ filesTotal }) => filesTotal))).toBe(2);
    expect(seen.at(-1)).toMatchObject({ filesDone: 0, filesTotal: 0, pause: null });
  });
});
