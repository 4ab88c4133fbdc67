import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLocalProvider } from '../../providers/local-provider.ts';
import { createSystemClock } from '../../platform/system-clock.ts';
import type { DocumentDescription } from '../../shared/document.ts';
import type { Storage } from '../../storage/storage.ts';
import { buildDocument } from '../../testing/build-records.ts';
import { createFakeEngine } from '../../testing/fake-engine.ts';
import type { FakeEngine } from '../../testing/fake-engine.ts';
import { openScreening } from '../../testing/open-screening.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import { readRun } from '../../testing/read-run.ts';
import { createRecordingLogger } from '../../testing/recording-logger.ts';
import { createRunsService } from '../runs/create-runs-service.ts';
import type { RunsService } from '../runs/runs-service.ts';
import { createSummariesService } from './create-summaries-service.ts';
import type { SummariesService } from './summaries-service.ts';

const sentence = 'The lighthouse stood near the old harbour.';
const request = { style: 'key-points', length: 'medium', focus: '' } as const;
const never = new AbortController().signal;

/** One life of the app over a database that outlives it. */
function live(storage: Storage, texts: ReadonlyMap<string, string>, contextTokens = 8_192) {
  const engine = createFakeEngine({ contextTokens });
  const clock = { ...createSystemClock(), delay: async () => await Promise.resolve() };
  const logger = createRecordingLogger();
  const runs = createRunsService({ clock: createSystemClock(), logger });
  const current = { description: { id: 'sha256:0123456789abcdef', name: 'Small' }, path: '/m.gguf' };
  const provider = createLocalProvider({
    engine,
    models: { current: () => Promise.resolve(current), resolve: () => Promise.resolve(current) },
    logger,
  });
  const documents = {
    get: async (id: DocumentDescription['id']) => {
      const found = await storage.documents.get(id);
      if (!found) throw new Error('This test has no such document.');
      return found;
    },
    content: async (id: DocumentDescription['id']) =>
      await Promise.resolve({ text: texts.get(id) ?? '', headings: [] }),
    pages: async () => await Promise.resolve([]),
  };
  const resourcesFolder = join(import.meta.dirname, '..', '..', '..', 'resources');
  const summaries = createSummariesService({
    storage,
    runs,
    documents,
    provider,
    clock,
    logger,
    resourcesFolder,
    screening: openScreening(),
    goesOnWithQueue: true,
    language: async () => await Promise.resolve('en'),
  });
  return { engine, runs, summaries };
}

describe('the queue of summaries', () => {
  const texts = new Map<string, string>();
  let storage: Storage;
  let engine: FakeEngine;
  let runs: RunsService;
  let summaries: SummariesService;

  const begin = (contextTokens?: number): void => {
    ({ engine, runs, summaries } = live(storage, texts, contextTokens));
  };
  beforeEach(async () => {
    storage = await openTestStorage();
    begin();
  });
  afterEach(async () => {
    await summaries.close();
    await runs.close();
    await storage.close();
  });

  /** A document of about `stretches` stretches; each sentence has a number of its own. */
  const add = async (stretches: number) => {
    const text = Array.from(
      { length: stretches * 190 },
      (_value, index) => `The lighthouse number ${index} stood near the old harbour.`,
    ).join('\n');
    const built = buildDocument([text]);
    await storage.documents.insert(built.document, built.passages);
    texts.set(built.document.description.id, text);
    return { documentId: built.document.description.id, text };
  };
  /** The next generation says when it began, and goes on when it may. */
  const gate = () => {
    const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    engine.script([
      async () => {
        begun.resolve();
        await goOn.promise;
      },
      sentence,
    ]);
    return { begun: begun.promise, goOn: () => goOn.resolve() };
  };
  const say = (times: number): void => {
    for (let index = 0; index < times; index += 1) engine.script([sentence]);
  };
  const prompts = (): readonly string[] => engine.requests.map(({ turns }) => turns.at(-1)?.text ?? '');
  const numbersIn = (all: readonly string[]): readonly string[] =>
    all.flatMap((prompt) => [...prompt.matchAll(/number (\d+)/g)].map(([, number]) => number ?? ''));
  const statusOf = async (id: Parameters<SummariesService['get']>[0]) => (await summaries.get(id)).status;

  // Two at once would share one engine, and both take twice as long.
  it('writes one at a time, in the order in which they were asked for', async () => {
    const held = gate();
    const first = await summaries.start({ documentId: (await add(1)).documentId, request });
    const second = await summaries.start({ documentId: (await add(1)).documentId, request });
    await held.begun;
    expect([await statusOf(first.summaryId), await statusOf(second.summaryId)]).toEqual(['running', 'queued']);
    expect(engine.active).toBe(1);
    say(10);
    held.goOn();
    await readRun(runs, first.runId);
    await readRun(runs, second.runId);
    expect([await statusOf(first.summaryId), await statusOf(second.summaryId)]).toEqual(['complete', 'complete']);
  });

  it('pauses after the stretch that is being read, and reads nothing twice when it goes on', async () => {
    const { documentId, text } = await add(4);
    const held = gate();
    const { summaryId, runId } = await summaries.start({ documentId, request });
    await held.begun;
    expect((await summaries.pause(summaryId)).status).toBe('paused');
    held.goOn();
    await runs.finished(runId);
    expect(await summaries.get(summaryId)).toMatchObject({ status: 'paused', runId: null });
    expect(engine.requests).toHaveLength(1);
    say(20);
    const resumed = await summaries.resume(summaryId);
    await readRun(runs, resumed.runId);
    const summary = await summaries.get(summaryId);
    expect(summary.status).toBe('complete');
    expect(summary.coverage.charactersRead).toBe(text.length);
    const read = numbersIn(prompts().filter((prompt) => prompt.includes('Summarize the text above')));
    expect(new Set(read).size).toBe(read.length);
    expect(read).toHaveLength(4 * 190);
  });

  it('pauses one whose turn has not come, and the others go on', async () => {
    const held = gate();
    const first = await summaries.start({ documentId: (await add(1)).documentId, request });
    const second = await summaries.start({ documentId: (await add(1)).documentId, request });
    const third = await summaries.start({ documentId: (await add(1)).documentId, request });
    await held.begun;
    expect(await summaries.pause(second.summaryId)).toMatchObject({ status: 'paused', runId: null });
    say(20);
    held.goOn();
    await readRun(runs, first.runId);
    await readRun(runs, third.runId);
    expect(await statusOf(third.summaryId)).toBe('complete');
    expect(await statusOf(second.summaryId)).toBe('paused');
    expect(await summaries.stop(second.summaryId)).toMatchObject({ status: 'stopped' });
  });

  // Another model with another window plans other stretches: what was read must not be read again in other pieces.
  it('goes on after a restart with another context, and reads only what is left', async () => {
    const { documentId, text } = await add(4);
    say(1);
    const held = gate();
    const { summaryId } = await summaries.start({ documentId, request });
    const waiting = await summaries.start({ documentId: (await add(1)).documentId, request });
    const paused = await summaries.start({ documentId: (await add(1)).documentId, request });
    await held.begun;
    await summaries.pause(paused.summaryId);
    const before = numbersIn(prompts().slice(0, 1));
    await summaries.close();
    await runs.close();
    expect(await statusOf(summaryId)).toBe('queued');
    begin(1_000);
    say(60);
    let latest = await summaries.get(summaryId);
    for await (const list of summaries.watch(never)) {
      latest = list.find(({ id }) => id === summaryId) ?? latest;
      if (list.filter(({ status }) => status === 'complete').length === 2) break;
    }
    expect(latest.coverage.charactersRead).toBe(text.length);
    expect(await statusOf(waiting.summaryId)).toBe('complete');
    expect(await statusOf(paused.summaryId)).toBe('paused');
    const own = prompts().slice(0, prompts().findLastIndex((prompt) => prompt.includes('number 759')) + 1);
    const after = new Set(numbersIn(own));
    expect(before.filter((number) => after.has(number))).toEqual([]);
    expect(before.length + after.size).toBe(4 * 190);
  });

  // A kill leaves `running` behind; nobody would ever write that summary again.
  it('goes on with one that was running when the app was killed', async () => {
    const { documentId, text } = await add(3);
    say(1);
    const held = gate();
    const { summaryId, runId } = await summaries.start({ documentId, request });
    await held.begun;
    const killed = { runs, summaries };
    // The database of the killed app is what the next one finds: its own work writes nothing any more.
    await storage.summaries.requeueRunning();
    begin();
    say(20);
    for await (const list of summaries.watch(never)) if (list[0]?.status === 'complete') break;
    const summary = await summaries.get(summaryId);
    expect(summary.runId).toBeNull();
    expect(summary.coverage.charactersRead).toBe(text.length);
    expect(numbersIn(prompts())).not.toContain('0');
    killed.runs.stop(runId);
    await killed.runs.close();
  });

  it('tells a removed one to end, and forgets its place in the queue', async () => {
    const held = gate();
    const first = await summaries.start({ documentId: (await add(1)).documentId, request });
    const second = await summaries.start({ documentId: (await add(1)).documentId, request });
    await held.begun;
    await summaries.remove(first.summaryId);
    say(10);
    await readRun(runs, second.runId);
    expect(await statusOf(second.summaryId)).toBe('complete');
    expect((await summaries.restore(first.summaryId)).status).toBe('stopped');
  });

  it('keeps a tree whose every statement has places, and finds it again by the document', async () => {
    const { documentId, text } = await add(3);
    say(20);
    const { summaryId, runId } = await summaries.start({ documentId, request });
    await readRun(runs, runId);
    const nodes = await summaries.nodes(summaryId);
    expect(Math.max(...nodes.map(({ level }) => level))).toBeGreaterThanOrEqual(2);
    const stretches = nodes.filter(({ level }) => level === 0);
    expect(stretches.map(({ place }) => text.slice(place.start, place.end)).join('')).toBe(text);
    const quotes = nodes.flatMap(({ statements }) => statements).flatMap((statement) => statement.quotes);
    expect(quotes.length).toBeGreaterThan(0);
    // A quote is the text at its place, never what the model wrote.
    for (const { place, quote } of quotes) expect(text.slice(place.start, place.end)).toBe(quote);
    expect(await summaries.treeOf(documentId)).toEqual(nodes);
  });
});
