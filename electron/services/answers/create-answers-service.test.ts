import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLocalProvider } from '../../providers/local-provider.ts';
import { createSystemClock } from '../../platform/system-clock.ts';
import { AppError } from '../../shared/app-error.ts';
import { contentWords } from '../../shared/content-words.ts';
import { messageText } from '../../shared/message.ts';
import type { Message } from '../../shared/message.ts';
import type { SearchScope } from '../../shared/search-scope.ts';
import { noUsage } from '../../shared/usage.ts';
import type { Storage } from '../../storage/storage.ts';
import { buildDocument } from '../../testing/build-records.ts';
import { createFakeEngine } from '../../testing/fake-engine.ts';
import type { FakeEngine, FakeScript } from '../../testing/fake-engine.ts';
import { resourcesFolder } from '../../testing/open-chat-services.ts';
import { openScreening } from '../../testing/open-screening.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import { readRun } from '../../testing/read-run.ts';
import { createRecordingLogger } from '../../testing/recording-logger.ts';
import type { DocumentsService, FoundPassage } from '../documents/documents-service.ts';
import { createPresetsService } from '../presets/create-presets-service.ts';
import { createAnswerRecorder } from '../runs/answer-recorder.ts';
import { createRunsService } from '../runs/create-runs-service.ts';
import type { RunsService } from '../runs/runs-service.ts';
import type { AnswersService } from './answers-service.ts';
import { localPlaces } from '../cloud/local-place.ts';
import { createConversationsService } from '../conversations/create-conversations-service.ts';
import { createAnswersService } from './create-answers-service.ts';

const passages = [
  'The X200 printer comes with a warranty of 24 months from the date of purchase. To claim it, send the receipt to Graz.',
  'The paper tray holds 250 sheets of plain paper.',
];

const scopeOf = (stored: ReturnType<typeof buildDocument>): SearchScope => ({
  documentIds: [stored.document.description.id],
  collectionIds: [],
});

const words = (sentence: string): FakeScript => sentence.split(/(?<= )/);

describe('createAnswersService', () => {
  let storage: Storage;
  let engine: FakeEngine;
  let runs: RunsService;
  let answers: AnswersService;
  let document: Awaited<ReturnType<typeof store>>;
  let parameterCount = 135e6;

  async function store(texts: readonly string[] = passages) {
    const built = buildDocument(texts);
    await storage.documents.insert(built.document, built.passages);
    await storage.documents.update(built.document.description.id, { status: 'ready' });
    return built;
  }

  beforeEach(async () => {
    storage = await openTestStorage();
    engine = createFakeEngine();
    const clock = createSystemClock();
    const logger = createRecordingLogger();
    runs = createRunsService({ clock, logger });
    const recorder = createAnswerRecorder({
      runs,
      messages: storage.messages,
      screening: openScreening(),
      clock,
      logger,
    });
    parameterCount = 135e6;
    const current = () => ({
      description: { id: 'sha256:0123456789abcdef', name: 'Small', parameterCount },
      path: '/m.gguf',
    });
    // Only path, name and size are read of a description; the rest of it is the models service's own business.
    const models = {
      current: async () => await Promise.resolve(current() as never),
      resolve: async () => await Promise.resolve(current() as never),
    };
    const provider = createLocalProvider({ engine, models, logger });
    document = await store();
    const documents: Pick<DocumentsService, 'get' | 'search' | 'askedWords' | 'whenIndexed' | 'content' | 'inScope'> = {
      askedWords: (query) => Promise.resolve([...contentWords(query)].map((stem) => ({ stem, rarity: 1 }))),
      inScope: async (scope, limit) => {
        const ids = await storage.documents.inScope(scope, limit);
        const found = await Promise.all(ids.map((id) => storage.documents.get(id)));
        return found.flatMap((one) => one ?? []);
      },
      content: async (id) => ({ text: await storage.documents.text(id, 0, 1e6), headings: [] }),
      get: async (id) => (await storage.documents.get(id)) ?? Promise.reject(new AppError('app/not-found', 'No.')),
      search: async ({ query, scope, limit }) =>
        (await storage.passages.searchLexical(query, scope, limit)).map(({ passage, score }): FoundPassage => ({
          passage,
          score: 1,
          cosine: null,
          lexicalScore: score,
          duplicates: [],
        })),
      whenIndexed: async (id) =>
        (await storage.documents.get(id)) ?? Promise.reject(new AppError('app/not-found', 'No.')),
    };
    answers = createAnswersService({
      storage,
      conversations: createConversationsService({ storage, recorder, clock }),
      recorder,
      places: localPlaces,
      documents,
      summaries: { treeOf: () => Promise.resolve(null) },
      presets: createPresetsService({ storage, settings: storage.settings, systemLanguage: 'en', resourcesFolder }),
      provider,
      engine,
      models,
      clock,
      logger,
      resourcesFolder,
    });
  });
  afterEach(async () => {
    await runs.close();
    await storage.close();
  });

  const ask = async (question: string) => {
    const started = await answers.ask({ scope: scopeOf(document), question });
    const parts = await readRun(runs, started.runId);
    const message = await storage.messages.get(started.answerId);
    if (!message) throw new Error('The answer is not stored.');
    return { started, parts, message };
  };
  const names = (message: Message) => message.parts.flatMap((part) => (part.type === 'notice' ? [part.name] : []));
  const marks = (message: Message) =>
    message.parts.flatMap((part) => (part.type === 'citation' ? [part.passage.mark] : []));

  it('shows the passages first, then streams an answer whose marks come from the check', async () => {
    engine.script(words('The paper tray holds 250 sheets.'));
    const { parts, message } = await ask('How many sheets does the paper tray hold?');
    const types = parts.map(({ type }) => type);
    expect(types.indexOf('passages')).toBeLessThan(types.indexOf('text-start'));
    expect(types.at(-1)).toBe('run-end');
    const mark = marks(message)[0];
    expect(messageText(message)).toBe(`The paper tray holds 250 sheets. [${mark}]`);
    expect(message).toMatchObject({ status: 'complete', modelName: 'Small' });
    const cited = message.parts.find((part) => part.type === 'citation');
    expect(cited?.type === 'citation' && cited.passage.passage.text).toContain('250 sheets');
    // What was streamed and what is stored must be the same answer.
    const streamed = parts.flatMap((part) => (part.type === 'text-delta' ? [part.text] : [])).join('');
    expect(streamed).toBe(messageText(message));
  });

  it('takes the marks of the model out and puts its own in', async () => {
    engine.script(words('The paper tray holds 250 sheets [7]. It is a tray for plain paper [3, 4].'));
    const { message } = await ask('How many sheets does the paper tray hold?');
    expect(messageText(message)).not.toMatch(/\[[347]/);
    const part = message.parts.find((one) => one.type === 'text');
    const checks = part?.type === 'text' ? (part.checks ?? []) : [];
    expect(checks.length).toBeGreaterThan(0);
    for (const { start, end } of checks) expect(messageText(message).slice(start, end)).toMatch(/^\S.*[.\]]$/);
  });

  it('asks no model when nothing in the documents is near the question', async () => {
    const { message } = await ask('Who painted the ceiling of the chapel?');
    expect(names(message)).toEqual(['not-in-documents']);
    expect(messageText(message)).toBe('');
    expect(engine.requests).toEqual([]);
    expect(message.status).toBe('complete');
  });

  // The number is invented: shown with a citation it would be worse than no answer.
  it('never shows a sentence with a number that no passage has', async () => {
    engine.script(words('The paper tray holds 900 sheets.'));
    engine.script(words('The paper tray holds 800 sheets.'));
    const { parts, message } = await ask('How many sheets does the paper tray hold?');
    const shown = parts.flatMap((part) => (part.type === 'text-delta' ? [part.text] : [])).join('');
    expect(shown).not.toMatch(/900|800/);
    expect(messageText(message)).not.toMatch(/900|800/);
    expect(engine.requests).toHaveLength(2);
  });

  it('marks an unsupported sentence behind a supported one', async () => {
    engine.script(words('The paper tray holds 250 sheets. Napoleon invented the tray.'));
    const { parts, message } = await ask('How many sheets does the paper tray hold?');
    const checks = parts.flatMap((part) => (part.type === 'sentence-check' ? part.checks : []));
    expect(checks.map(({ isSupported }) => isSupported)).toEqual([true, false]);
    expect(messageText(message)).toMatch(/\[1\] Napoleon invented the tray\.$/);
  });

  it('keeps a supported sentence when the engine crashes behind it, and says so', async () => {
    engine.script([...words('The paper tray holds 250 sheets. And '), new AppError('engine/crashed', 'Gone.')]);
    const { message } = await ask('How many sheets does the paper tray hold?');
    expect(message.status).toBe('interrupted');
    expect(messageText(message)).toBe('The paper tray holds 250 sheets. [1]');
    expect(names(message)).toEqual(['documents-passages', 'interrupted']);
    expect(marks(message)).toEqual([1]);
  });

  it('stops when told to', async () => {
    const reached = Promise.withResolvers<void>();
    engine.script([
      ...words('The paper tray holds 250 sheets. And '),
      async () => {
        reached.resolve();
        await new Promise(() => undefined);
      },
    ]);
    const question = 'How many sheets does the paper tray hold?';
    const { runId, answerId } = await answers.ask({ scope: scopeOf(document), question });
    await reached.promise;
    runs.stop(runId);
    await runs.finished(runId);
    const message = await storage.messages.get(answerId);
    expect(message?.status).toBe('stopped');
    expect(message && messageText(message)).toMatch(/^The paper tray holds 250 sheets\. \[1\]/);
    expect(engine.active).toBe(0);
  });

  it('keeps question and answer in a conversation with its documents, and asks again beside the answer', async () => {
    engine.script(words('The paper tray holds 250 sheets.'));
    const { started } = await ask('How many sheets does the paper tray hold?');
    const conversation = await storage.conversations.get(started.conversationId);
    expect(conversation).toMatchObject({
      title: 'How many sheets does the paper tray hold?',
      documentIds: [document.document.description.id],
    });
    engine.script(words('The tray holds 250 sheets of plain paper.'));
    const again = await answers.retry(started.answerId);
    await runs.finished(again.runId);
    expect(again.questionId).toBe(started.questionId);
    const branch = await storage.messages.branch(again.answerId);
    expect(branch.map(({ id }) => id)).toEqual([started.questionId, again.answerId]);
  });

  it('refuses an empty question and an unknown document before anything is stored', async () => {
    await expect(answers.ask({ scope: { documentIds: [], collectionIds: [] }, question: ' \n' })).rejects.toMatchObject(
      { code: 'prompt/empty' },
    );
    const missing = buildDocument(['x']).document.description.id;
    const scope = { documentIds: [missing], collectionIds: [] };
    await expect(answers.ask({ scope, question: 'What?' })).rejects.toMatchObject({
      code: 'app/not-found',
    });
    expect(await storage.conversations.list()).toEqual([]);
  });

  const filler = Array.from(
    { length: 60 },
    (_, index) => `Note ${index}: ${'nothing of weight is said here, '.repeat(4)}`,
  );
  const question = 'How many sheets does the paper tray hold?';

  // What the model was given to read is told to the reader, so it must be so.
  it.each([
    ['a model of some size reads a text that fits whole', 7e9, 0, 'documents-whole', true],
    ['a model of some size reads passages of a text that does not', 7e9, 8, 'documents-passages', false],
    ['a small model reads sentences of whatever it is', 135e6, 0, 'documents-passages', false],
  ] as const)('%s', async (_name, parameters, fillers, notice, isWhole) => {
    parameterCount = parameters;
    document = await store([...passages, ...Array.from({ length: fillers }, () => filler).flat()]);
    engine.script(words('The paper tray holds 250 sheets.'));
    const { message } = await ask(question);
    expect(names(message)).toEqual([notice]);
    const read = engine.requests[0]?.turns.at(-1)?.text ?? '';
    expect(read).toContain('250 sheets');
    expect(read.includes('warranty of 24 months')).toBe(isWhole);
    expect(marks(message)).toEqual([1]);
  });

  it('goes on with an answer that was cut, with its marks, checks and citations', async () => {
    engine.script([...words('The paper tray holds 250 sheets. And '), new AppError('engine/crashed', 'Gone.')]);
    const { message: before } = await ask(question);
    engine.script(words('The paper is plain paper.'));
    const { runId } = await answers.continue(before);
    await readRun(runs, runId);
    const after = await storage.messages.get(before.id);
    if (after === null) throw new Error('The answer is gone.');
    expect(engine.requests.at(-1)?.turns.at(-1)).toEqual({
      role: 'assistant',
      text: 'The paper tray holds 250 sheets.',
    });
    expect(after.status).toBe('complete');
    const text = messageText(after);
    expect(text).toBe('The paper tray holds 250 sheets. [1] The paper is plain paper. [1]');
    const checks = after.parts.flatMap((part) => (part.type === 'text' ? (part.checks ?? []) : []));
    expect(checks.map(({ start, end }) => text.slice(start, end))).toEqual([
      'The paper tray holds 250 sheets. [1]',
      'The paper is plain paper. [1]',
    ]);
    expect(marks(after)).toEqual([...new Set(marks(after))]);
  });

  // "Your documents do not say" would be a lie: the model never came to saying anything.
  it('does not say that the documents are silent when the model thought until its limit', async () => {
    parameterCount = 7e9;
    engine.generate = async function* () {
      yield { type: 'reasoning-delta', text: 'Hm, sheets', tokens: 400 };
      yield { type: 'generate-end', reason: 'length', usage: noUsage };
    };
    const { message } = await ask('How many sheets of plain paper does the tray hold?');
    expect(names(message)).toEqual(['length-limit']);
  });
});
