import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { InferenceEngine } from '../../inference/engine.ts';
import { AppError } from '../../shared/app-error.ts';
import type { DocumentDescription } from '../../shared/document.ts';
import type { DocumentId } from '../../shared/ids.ts';
import type { SearchScope } from '../../shared/search-scope.ts';
import { createFakeEngine } from '../../testing/fake-engine.ts';
import { buildEmbedder, openDocuments, openReaders } from '../../testing/open-documents.ts';
import type { DocumentsService } from './documents-service.ts';

const signal = new AbortController().signal;
const { id: embedderId } = buildEmbedder('0', '').description;
const only = (id: DocumentId): SearchScope => ({ documentIds: [id], collectionIds: [] });

const garden = [
  '# Garden\n\nTomatoes want sun and much water. Basil grows beside them.',
  '# Workshop\n\nThe lathe stands by the window. Oil it every second week.',
  '# Kitchen\n\nBread is baked on Saturdays in the old stove.',
].join('\n\n');

// The parsing process takes its time to start where the machine is busy.
describe('createDocumentsService', { timeout: 30_000 }, () => {
  let app: Awaited<ReturnType<typeof openDocuments>>;

  let readers: ReturnType<typeof openReaders>;
  beforeAll(() => {
    readers = openReaders();
  });
  afterAll(async () => await readers.close());
  beforeEach(async () => {
    app = await openDocuments(readers);
  });
  afterEach(async () => await app.close());

  const open = (engine: InferenceEngine = createFakeEngine()): DocumentsService => app.open({ engine });
  const add = async (service: DocumentsService, name = 'house.md', text = garden): Promise<DocumentDescription> => {
    const { id } = await service.add(await app.ticket(name, text), signal);
    return service.whenIndexed(id, signal);
  };

  it('stores a document with its passages, and makes it ready when all have vectors', async () => {
    const service = open();
    const document = await add(service);
    expect(document).toMatchObject({
      status: 'ready',
      name: 'house.md',
      format: 'markdown',
      passages: 3,
      passagesIndexed: 3,
    });
    expect(await app.storage.passages.withoutVector(embedderId, document.id, 10)).toEqual([]);
    expect(service.progress).toBeNull();
    const { text, headings } = await service.content(document.id);
    expect(text).toBe(garden);
    expect(headings.map(({ title }) => title)).toEqual(['Garden', 'Workshop', 'Kitchen']);
  });

  it('takes the same bytes for the same document, also when two are added at once', async () => {
    const service = open();
    const [one, two] = [await app.ticket('a.txt', 'The same words.'), await app.ticket('b.txt', 'The same words.')];
    const [first, second] = await Promise.all([service.add(one, signal), service.add(two, signal)]);
    expect(second.id).toBe(first.id);
    expect((await add(service, 'c.txt', 'The same words.')).id).toBe(first.id);
    expect(await service.list()).toHaveLength(1);
  });

  it('brings a removed document back, and finishes its indexing', async () => {
    // Catches an undo that leaves the document at "being read" for ever.
    const service = open();
    const { id } = await service.add(await app.ticket('house.md', garden), signal);
    await service.remove(id);
    expect(await service.list()).toEqual([]);
    expect(await service.restore(id)).toMatchObject({ id, name: 'house.md' });
    expect(await service.whenIndexed(id, signal)).toMatchObject({ status: 'ready', passagesIndexed: 3 });
    const found = await service.search({ query: 'lathe', scope: only(id), mode: 'hybrid', limit: 1 }, signal);
    expect(found[0]?.passage.text).toContain('The lathe stands by the window');
  });

  it('stores nothing of a file that cannot be read', async () => {
    const service = open();
    await expect(service.add(await app.ticket('a.txt', '%PDF-1.7'), signal)).rejects.toMatchObject({
      code: 'file/damaged',
    });
    expect(await service.list()).toEqual([]);
  });

  it.each(['hybrid', 'lexical', 'dense'] as const)('finds the passage and its place (%s)', async (mode) => {
    const service = open();
    const { id } = await add(service);
    const found = await service.search({ query: 'When do I oil the lathe?', scope: only(id), mode, limit: 2 }, signal);
    const [best] = found;
    expect(best?.passage.headings).toEqual(['Workshop']);
    expect(best?.score).toBeGreaterThan(0);
    for (const { score, passage } of found) {
      expect(score).toBeLessThanOrEqual(1);
      expect(garden.slice(passage.place.start, passage.place.end)).toBe(passage.text);
    }
  });

  it('searches by words while meaning cannot be computed', async () => {
    const engine = { ...createFakeEngine(), embed: () => Promise.reject(new AppError('model/load-failed', 'No.')) };
    const service = open(engine);
    const document = await add(service);
    expect(document).toMatchObject({ status: 'failed', error: { code: 'model/load-failed' } });
    const query = { query: 'tomatoes', scope: only(document.id), limit: 5 };
    for (const mode of ['hybrid', 'dense'] as const) {
      const [best] = await service.search({ ...query, mode }, signal);
      expect(best).toMatchObject({ passage: { headings: ['Garden'] }, cosine: null });
    }
  });

  it('tries again when the engine crashes while it indexes', async () => {
    const engine = createFakeEngine();
    let crashes = 0;
    const embed: InferenceEngine['embed'] = async (texts, options) => {
      crashes += 1;
      if (crashes <= 2) throw new AppError('engine/crashed', 'Gone.');
      return engine.embed(texts, options);
    };
    expect(await add(open({ ...engine, embed }))).toMatchObject({ status: 'ready', passagesIndexed: 3 });
  });

  it('indexes a failed document when it is added again', async () => {
    const broken = { ...createFakeEngine(), embed: () => Promise.reject(new AppError('model/load-failed', 'No.')) };
    expect((await add(open(broken))).status).toBe('failed');
    expect((await add(open())).status).toBe('ready');
    expect(await app.storage.documents.list()).toHaveLength(1);
  });

  // A crash of the app between storing and indexing must not leave a document that is never found by meaning.
  it('goes on with what an earlier run left half indexed', async () => {
    const engine = { ...createFakeEngine(), embed: () => new Promise<never>(() => undefined) };
    const first = open(engine);
    const { id } = await first.add(await app.ticket('house.md', garden), signal);
    app.abandon(first);
    expect((await open().whenIndexed(id, signal)).status).toBe('ready');
  });

  it('stops indexing a document that is removed, and says so to whoever waits', async () => {
    const abort: AbortSignal[] = [];
    const engine: InferenceEngine = {
      ...createFakeEngine(),
      embed: (_texts, options) =>
        new Promise((_resolve, reject) => {
          abort.push(options.signal);
          options.signal.addEventListener('abort', () => reject(new Error('stopped')));
        }),
    };
    const service = open(engine);
    const { id } = await service.add(await app.ticket('house.md', garden), signal);
    const waiting = service.whenIndexed(id, signal);
    waiting.catch(() => undefined);
    while (abort.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await service.remove(id);
    await expect(waiting).rejects.toMatchObject({ code: 'app/not-found' });
    expect(abort[0]?.aborted).toBe(true);
    expect(service.progress).toBeNull();
  });

  it('yields the list now and after every change', async () => {
    const service = open();
    const watching = new AbortController();
    const seen: string[] = [];
    for await (const list of service.watch(watching.signal)) {
      seen.push(list.map(({ status, passagesIndexed }) => `${status} ${passagesIndexed}`).join());
      if (seen.length === 1) void service.add(await app.ticket('house.md', garden), signal);
      if (seen.at(-1) === 'ready 3') watching.abort();
    }
    expect(seen[0]).toBe('');
    expect(seen.at(-1)).toBe('ready 3');
  });

  it('widens an excerpt to whole lines and counts them', async () => {
    const service = open();
    const { id } = await add(service);
    const start = garden.indexOf('lathe');
    expect(await service.excerpt(id, start, start + 5)).toMatchObject({
      text: 'The lathe stands by the window. Oil it every second week.',
      start: start - 4,
      firstLine: 7,
      documentName: 'house.md',
    });
    expect(await service.excerpt(id, 0, 1)).toMatchObject({ text: '# Garden', start: 0, firstLine: 1 });
    expect(await service.excerpt(id, 1_000_000, 2_000_000)).toMatchObject({ end: garden.length });
  });
});
