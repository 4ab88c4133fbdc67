import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openReaders } from '../../testing/open-documents.ts';
import { openLibrary } from '../../testing/open-library.ts';

// Real processes and real waits for quiet files: on a busy machine some seconds each.
describe('a file that a person adds to a collection', { timeout: 60_000 }, () => {
  const readers = openReaders();
  let bench: Awaited<ReturnType<typeof openLibrary>>;

  beforeEach(async () => {
    bench = await openLibrary(readers);
  });
  afterEach(async () => await bench.close());
  afterAll(async () => await readers.close());

  it('is read before the folder that is being read', async () => {
    // Catches one line for all: a dropped letter would wait for a scan of 300 pages, and for the pause of a person.
    const held = Promise.withResolvers<void>();
    const library = bench.open({
      documents: {
        ...bench.documents,
        addFile: async (request, ending) => {
          if (request.isAwaited !== true) await held.promise;
          return await bench.documents.addFile(request, ending);
        },
        get progress() {
          return bench.documents.progress;
        },
        get isRebuilding() {
          return bench.documents.isRebuilding;
        },
      },
    });
    const { id } = await library.create('Papers');
    await bench.write('docs/a.txt', 'A scan of three hundred pages.');
    await library.addPath(id, join(bench.root, 'docs'));
    await bench.untilFiles(library, id, { 'a.txt': 'reading' });
    const { ticket } = await bench.files.ticketForPath(await bench.write('letter.txt', 'A letter.'));
    await utimes(join(bench.root, 'letter.txt'), 1_000, 1_000);
    await library.addFile(id, ticket);
    await bench.untilFiles(library, id, { 'a.txt': 'reading', 'letter.txt': 'ready' });
    held.resolve();
    await bench.untilFiles(library, id, { 'a.txt': 'ready', 'letter.txt': 'ready' });
    expect((await library.find('Papers')).counts).toMatchObject({ ready: 2, failed: 0 });
  });
});
