import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { InferenceEngine } from '../../../inference/engine.ts';
import { AppError } from '../../../shared/app-error.ts';
import type { DocumentId } from '../../../shared/ids.ts';
import { createFakeEngine } from '../../../testing/fake-engine.ts';
import { buildEmbedder, createEmbedderFolder, openDocuments, openReaders } from '../../../testing/open-documents.ts';
import type { DocumentsService } from '../documents-service.ts';

const signal = new AbortController().signal;
const [old, young] = [buildEmbedder('0', '/models/0.gguf'), buildEmbedder('1', '/models/1.gguf')];
const text = (topic: string): string =>
  ['One', 'Two', 'Three'].map((title) => `# ${title}\n\nSomething about ${topic} under ${title}.`).join('\n\n');

/** Resolves when the condition holds; the test's own deadline ends one that never does. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** An engine with one slot, as the real one: the young embedder has vectors of half the length. */
function createSlotEngine(gate: (texts: readonly string[], path: string) => Promise<void> = async () => undefined) {
  const engine = createFakeEngine();
  const calls: { readonly path: string; readonly texts: readonly string[] }[] = [];
  let path = '';
  const load: InferenceEngine['load'] = async (request, options) => {
    path = request.path;
    const loaded = await engine.load(request, options);
    return { ...loaded, dimensions: path === young.path ? 192 : 384 };
  };
  const embed: InferenceEngine['embed'] = async (texts, options) => {
    const before = path;
    calls.push({ path, texts });
    options.signal.throwIfAborted();
    await Promise.race([
      gate(texts, path),
      new Promise((_resolve, reject) => options.signal.addEventListener('abort', () => reject(new Error('stopped')))),
    ]);
    // Catches texts that one model began and another ended.
    if (path !== before) throw new Error('The model was changed in the middle.');
    const vectors = await engine.embed(texts, options);
    return path !== young.path
      ? vectors
      : vectors.map((vector) => {
          const half = vector.slice(0, 192).map((value, index) => value + (vector[index + 192] ?? 0));
          const length = Math.hypot(...half) || 1;
          return half.map((value) => value / length);
        });
  };
  return { engine: { ...engine, load, embed }, calls };
}

// The parsing process takes its time to start where the machine is busy.
describe('documents and their indexes', { timeout: 30_000 }, () => {
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

  const add = async (service: DocumentsService, topic: string): Promise<DocumentId> =>
    (await service.add(await app.ticket(`${topic}.md`, text(topic)), signal)).id;
  const addReady = async (service: DocumentsService, topic: string): Promise<DocumentId> => {
    const id = await add(service, topic);
    expect(await service.whenIndexed(id, signal)).toMatchObject({ status: 'ready' });
    return id;
  };
  const states = async () =>
    (await app.storage.passages.indexes()).map(({ modelId, state }) => [modelId, state] as const);
  const findsByMeaning = async (service: DocumentsService, id: DocumentId, query: string): Promise<boolean> => {
    const scope = { documentIds: [id], collectionIds: [] };
    const [best] = await service.search({ query, scope, mode: 'dense', limit: 1 }, signal);
    return best !== undefined && best.cosine !== null;
  };

  it('embeds passages of several documents together, and finishes each', async () => {
    // Catches an engine that is asked three passages at a time, and so waits more than it works.
    let isOpen = false;
    const { engine, calls } = createSlotEngine(async () => await until(() => isOpen));
    const service = app.open({ engine });
    const ready: DocumentId[] = [];
    service.onIndexed((id) => ready.push(id));
    const ids: DocumentId[] = [];
    for (const topic of ['a', 'b', 'c', 'd', 'e', 'f']) ids.push(await add(service, topic));
    isOpen = true;
    for (const id of ids) await service.whenIndexed(id, signal);
    expect(Math.max(...calls.map(({ texts }) => texts.length))).toBeGreaterThan(3);
    expect([...ready].sort()).toEqual([...ids].sort());
    expect(service.progress).toBeNull();
  });

  it('goes on with the others when one document cannot be embedded', async () => {
    let isOpen = false;
    const { engine } = createSlotEngine(async (texts) => {
      await until(() => isOpen);
      if (texts.some((passage) => passage.includes('poison'))) throw new AppError('engine/timeout', 'No sign.');
    });
    const service = app.open({ engine });
    const ids: DocumentId[] = [];
    for (const topic of ['bread', 'poison', 'water']) ids.push(await add(service, topic));
    isOpen = true;
    const ends = await Promise.all(ids.map((id) => service.whenIndexed(id, signal)));
    expect(ends.map(({ status, error }) => [status, error?.code ?? null])).toEqual([
      ['ready', null],
      ['failed', 'engine/timeout'],
      ['ready', null],
    ]);
  });

  it('tries again at the next start what failed for want of an engine', async () => {
    const { engine } = createSlotEngine(async () => Promise.reject(new AppError('model/load-failed', 'No.')));
    const first = app.open({ engine });
    const id = await add(first, 'bread');
    expect((await first.whenIndexed(id, signal)).status).toBe('failed');
    await app.end(first);
    const second = app.open({ engine: createSlotEngine().engine });
    await until(async () => (await second.get(id)).status === 'ready');
    expect(await second.get(id)).toMatchObject({ error: null, passagesIndexed: 3 });
  });

  it('rests while it is paused and goes on afterwards', async () => {
    const { engine, calls } = createSlotEngine();
    const service = app.open({ engine });
    service.setIndexingPaused(true);
    const id = await add(service, 'bread');
    const before = await service.search(
      { query: 'bread', scope: { documentIds: [id], collectionIds: [] }, mode: 'hybrid', limit: 1 },
      signal,
    );
    expect(before).toHaveLength(1);
    expect(calls.filter(({ texts }) => texts.length > 1)).toEqual([]);
    expect(service.progress).toEqual({ done: 0, total: 3 });
    service.setIndexingPaused(false);
    expect((await service.whenIndexed(id, signal)).status).toBe('ready');
  });

  it('puts what is asked for before what lies in collections', async () => {
    let isOpen = false;
    const { engine, calls } = createSlotEngine(async () => await until(() => isOpen));
    const service = app.open({ engine });
    service.setIndexingPaused(true);
    const library: DocumentId[] = [];
    for (let number = 0; number < 40; number += 1) {
      const name = `library ${number}`;
      const ticket = await app.ticket(`${name}.md`, text(name));
      const file = app.files.resolve(ticket);
      library.push((await service.addFile({ file, origin: 'path', isLoose: false }, signal)).id);
    }
    const own = await add(service, 'mine');
    isOpen = true;
    service.setIndexingPaused(false);
    await service.whenIndexed(own, signal);
    expect(calls[0]?.texts.slice(0, 3).every((passage) => passage.includes('mine'))).toBe(true);
    expect(await service.list()).toHaveLength(1);
    for (const id of library) await service.whenIndexed(id, signal);
  });

  it('builds the index of another embedder beside the old one, which answers meanwhile', async () => {
    const models = createEmbedderFolder([old, young]);
    let isOpen = true;
    const { engine, calls } = createSlotEngine(async (_texts, path) => {
      if (path === young.path) await until(() => isOpen);
    });
    const service = app.open({ engine, models });
    const id = await addReady(service, 'bread');
    isOpen = false;
    models.want(young.description.id);
    await service.changeEmbedder();
    await until(() => calls.some(({ path }) => path === young.path));
    expect(service.isRebuilding).toBe(true);
    expect(await states()).toEqual([
      [old.description.id, 'serving'],
      [young.description.id, 'building'],
    ]);
    // A question makes the building give way: with one slot it would wait for ever otherwise.
    expect(await findsByMeaning(service, id, 'something about bread')).toBe(true);
    // What is added meanwhile is found by the old one, too.
    const other = await addReady(service, 'water');
    expect(await findsByMeaning(service, other, 'something about water')).toBe(true);
    isOpen = true;
    await until(async () => !service.isRebuilding && (await states()).length === 1);
    expect(await states()).toEqual([[young.description.id, 'serving']]);
    for (const document of [id, other]) {
      expect(await service.get(document)).toMatchObject({ status: 'ready', passagesIndexed: 3 });
      expect(await findsByMeaning(service, document, 'something about bread')).toBe(true);
    }
  });

  it('goes on building after a restart, with nothing embedded twice', async () => {
    const models = createEmbedderFolder([old, young]);
    const service = app.open({ engine: createSlotEngine().engine, models });
    const ids: DocumentId[] = [];
    for (let number = 0; number < 40; number += 1) ids.push(await add(service, `topic ${number}`));
    for (const id of ids) await service.whenIndexed(id, signal);
    let batches = 0;
    const interrupted = createSlotEngine(async (_texts, path) => {
      if (path !== young.path) return;
      batches += 1;
      if (batches > 2) await new Promise(() => undefined);
    });
    await app.end(service);
    models.want(young.description.id);
    const second = app.open({ engine: interrupted.engine, models });
    await second.changeEmbedder();
    await until(async () =>
      (await app.storage.passages.indexes()).some(({ state, passages }) => state === 'building' && passages >= 64),
    );
    await app.end(second);
    const third = createSlotEngine();
    const last = app.open({ engine: third.engine, models });
    await until(async () => (await states()).length === 1);
    expect(await states()).toEqual([[young.description.id, 'serving']]);
    expect(third.calls.flatMap(({ texts }) => texts)).toHaveLength(120 - 64);
    await app.end(last);
  });

  it('puts in front of texts what the embedder wants to see there', async () => {
    const e5 = buildEmbedder('5', '/models/e5.gguf');
    const models = createEmbedderFolder([{ ...e5, description: { ...e5.description, name: 'multilingual-e5-small' } }]);
    const { engine, calls } = createSlotEngine();
    const service = app.open({ engine, models });
    const id = await addReady(service, 'bread');
    await findsByMeaning(service, id, 'bread');
    const texts = calls.flatMap((call) => call.texts);
    expect(texts.filter((passage) => passage.startsWith('passage: '))).toHaveLength(3);
    expect(texts.filter((question) => question.startsWith('query: '))).toHaveLength(1);
  });

  it('drops a half-built index when the settings go back to the old embedder', async () => {
    const models = createEmbedderFolder([old, young]);
    const { engine } = createSlotEngine(async (_texts, path) => {
      if (path === young.path) await new Promise(() => undefined);
    });
    const service = app.open({ engine, models });
    const id = await addReady(service, 'bread');
    models.want(young.description.id);
    await service.changeEmbedder();
    await until(async () => (await states()).length === 2);
    models.want(null);
    await service.changeEmbedder();
    await findsByMeaning(service, id, 'bread');
    await until(async () => (await states()).length === 1);
    expect(await states()).toEqual([[old.description.id, 'serving']]);
    expect(service.isRebuilding).toBe(false);
  });

  // Catches a batch that was on its way out of the database when the plan changed: nobody told it to stop.
  it('does not begin a batch of an index that was dropped while it was fetched', async () => {
    const models = createEmbedderFolder([old, young]);
    const { engine, calls } = createSlotEngine(async (_texts, path) => {
      if (path === young.path) await new Promise(() => undefined);
    });
    const { passages } = app.storage;
    let changes = 0;
    const withoutVector: typeof passages.withoutVector = async (modelId, ...rest) => {
      const found = await passages.withoutVector(modelId, ...rest);
      if (modelId === young.description.id) {
        changes += 1;
        models.want(null);
        await service.changeEmbedder();
      }
      return found;
    };
    const storage = { ...app.storage, passages: { ...passages, withoutVector } };
    const service = app.open({ engine, models, storage });
    await addReady(service, 'bread');
    models.want(young.description.id);
    await service.changeEmbedder();
    await until(async () => changes > 0 && !service.isRebuilding && (await states()).length === 1);
    expect(await states()).toEqual([[old.description.id, 'serving']]);
    expect(calls.every(({ path }) => path === old.path)).toBe(true);
  });

  it('starts over with the embedder that is there when the one that served is gone', async () => {
    const models = createEmbedderFolder([old, young]);
    models.want(young.description.id);
    const service = app.open({ engine: createSlotEngine().engine, models });
    const id = await addReady(service, 'bread');
    expect(await states()).toEqual([[young.description.id, 'serving']]);
    models.remove(young.description.id);
    await until(async () => (await states())[0]?.[0] === old.description.id && !service.isRebuilding);
    await until(async () => (await service.get(id)).status === 'ready');
    expect(await findsByMeaning(service, id, 'bread')).toBe(true);
  });
});
