import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DocumentReader } from '../../parsing/document-reader.ts';
import { openDocuments, openReaders } from '../../testing/open-documents.ts';

const signal = new AbortController().signal;

// The parsing process takes its time to start where the machine is busy.
describe('adding documents', { timeout: 30_000 }, () => {
  let readers: ReturnType<typeof openReaders>;
  let app: Awaited<ReturnType<typeof openDocuments>>;

  beforeAll(() => {
    readers = openReaders();
  });
  afterAll(async () => await readers.close());
  beforeEach(async () => {
    app = await openDocuments(readers);
  });
  afterEach(async () => await app.close());

  const fileOf = async (name: string, text: string) => {
    const ticket = await app.ticket(name, text);
    return { ticket, file: app.files.resolve(ticket) };
  };

  it('reads what a person adds while a long document of a collection is read', async () => {
    // Catches one queue for both: a dropped page would wait for a scan of 300.
    const released = Promise.withResolvers<void>();
    const backgroundReader: DocumentReader = {
      ...readers.backgroundReader,
      read: async (request, options) => {
        await released.promise;
        return await readers.backgroundReader.read(request, options);
      },
    };
    const service = app.open({ backgroundReader });
    const long = await fileOf('long.txt', 'A long text of a collection.');
    const adding = service.addFile({ file: long.file, origin: 'path', isLoose: false }, signal);
    const own = await fileOf('own.txt', 'A text of my own.');
    expect(await service.add(own.ticket, signal)).toMatchObject({ name: 'own.txt', isLoose: true });
    released.resolve();
    expect(await adding).toMatchObject({ name: 'long.txt', isLoose: false });
  });

  it('reads what a person adds to a collection while a long document of it is read', async () => {
    // Catches uploads to a collection that are read like the files of its folders.
    const backgroundReader: DocumentReader = { ...readers.backgroundReader, read: () => new Promise(() => undefined) };
    const service = app.open({ backgroundReader });
    const { file } = await fileOf('own.txt', 'A text of my own.');
    const request = { file, origin: 'bytes', isLoose: false, isAwaited: true } as const;
    expect(await service.addFile(request, signal)).toMatchObject({ name: 'own.txt', isLoose: false });
  });

  it('stores the same bytes once when a person and a collection bring them at once', async () => {
    const service = app.open();
    const [mine, theirs] = [await fileOf('mine.txt', 'The same.'), await fileOf('theirs.txt', 'The same.')];
    const [first, second] = await Promise.all([
      service.addFile({ file: theirs.file, origin: 'path', isLoose: false }, signal),
      service.add(mine.ticket, signal),
    ]);
    expect(second.id).toBe(first.id);
    expect(await service.list()).toMatchObject([{ id: first.id, isLoose: true }]);
  });

  it('hands the languages of the settings to the reader', async () => {
    const languages: unknown[] = [];
    const reader: DocumentReader = {
      ...readers.reader,
      read: (request, options) => {
        languages.push(options.recognitionLanguages);
        return readers.reader.read(request, options);
      },
    };
    await app.settings.update({ recognitionLanguages: ['deu'] });
    const { ticket } = await fileOf('text.txt', 'Ein Text.');
    await app.open({ reader }).add(ticket, signal);
    expect(languages).toEqual([['deu']]);
  });

  it('tells how far the reading is, and no longer when it has ended badly', async () => {
    const failing: DocumentReader = {
      ...readers.reader,
      read: async (_request, { onProgress }) => {
        onProgress?.(0.5);
        await watched.promise;
        throw new Error('Broken.');
      },
    };
    const watched = Promise.withResolvers<void>();
    const service = app.open({ reader: failing });
    const { ticket } = await fileOf('scan.pdf', 'A scan.');
    const adding = service.add(ticket, signal);
    adding.catch(() => undefined);
    const seen: unknown[] = [];
    const watching = new AbortController();
    for await (const readings of service.watchReading(watching.signal)) {
      seen.push(readings);
      if (readings[0]?.fraction === 0.5) watched.resolve();
      if (seen.length > 1 && readings.length === 0) watching.abort();
    }
    expect(seen).toContainEqual([{ name: 'scan.pdf', fraction: 0.5 }]);
    await expect(adding).rejects.toThrow('Broken.');
    expect(await service.list()).toEqual([]);
  });

  it('keeps the ticket of an upload that could not be read', async () => {
    // Catches an upload that is thrown away before it was read: the second try would not find it.
    const service = app.open();
    const { ticket } = await app.files.ticketForText('empty.txt', '');
    await expect(service.add(ticket, signal)).rejects.toMatchObject({ code: 'file/empty' });
    expect(app.files.resolve(ticket).name).toBe('empty.txt');
  });
});
