import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnswerPart } from '../../shared/answer-part.ts';
import { AppError } from '../../shared/app-error.ts';
import { conversationIdSchema, createId, messageIdSchema } from '../../shared/ids.ts';
import { messageText } from '../../shared/message.ts';
import type { Message } from '../../shared/message.ts';
import type { SettingsPatch } from '../../shared/settings.ts';
import type { Storage } from '../../storage/storage.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import type { FakeClock } from '../../testing/fake-clock.ts';
import { createFakeEngine } from '../../testing/fake-engine.ts';
import type { FakeEngine } from '../../testing/fake-engine.ts';
import { openChatServices } from '../../testing/open-chat-services.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import type { RunsService } from '../runs/runs-service.ts';
import type { ChatService, StartedAnswer } from './chat-service.ts';

const signal = new AbortController().signal;
const model = { description: { id: 'sha256:0123456789abcdef', name: 'Small' }, path: '/models/small.gguf' };
const never = () => new Promise<void>(() => undefined);
const words = (count: number): string => Array.from({ length: count }, () => 'word').join(' ');

let clock: FakeClock;
let storage: Storage;
let engine: FakeEngine;
let runs: RunsService;
let chat: ChatService;

beforeEach(async () => {
  clock = createFakeClock();
  storage = await openTestStorage({ clock });
  start(createFakeEngine());
});
afterEach(async () => {
  await runs.close();
  await storage.close();
});

function start(newEngine: FakeEngine, models: readonly (typeof model)[] = [model]): void {
  engine = newEngine;
  ({ runs, chat } = openChatServices({ storage, clock, engine, models }));
}

const follow = async ({ runId }: StartedAnswer): Promise<readonly AnswerPart[]> =>
  Array.fromAsync(runs.follow(runId, -1, signal));
const said = async ({ runId }: StartedAnswer, text: string): Promise<void> => {
  for await (const part of runs.follow(runId, -1, signal)) if (part.type === 'text-delta' && part.text === text) return;
};
const set = async (patch: SettingsPatch) => storage.settings.update(patch);

async function stored(id: StartedAnswer['answerId']): Promise<Message> {
  const message = await storage.messages.get(id);
  if (message === null) throw new Error('The message is not in the database.');
  return message;
}

describe('chat service: send', () => {
  it('makes a conversation with a title, stores question and answer, and streams the answer', async () => {
    engine.script(['Par', 'is.']);
    const started = await chat.send({ text: 'What is the capital of France?' });
    const parts = await follow(started);
    const types = parts.map(({ type }) => type);
    expect(types.filter((type) => type !== 'progress')).toEqual([
      'run-start',
      'text-start',
      'text-delta',
      'text-delta',
      'text-end',
      'run-end',
    ]);
    expect(parts).toContainEqual(expect.objectContaining({ type: 'progress', phase: 'thinking' }));
    expect(await storage.conversations.get(started.conversationId)).toMatchObject({
      title: 'What is the capital of France?',
    });
  });

  it('has the question in the database before it answers', async () => {
    engine.script([never]);
    const started = await chat.send({ text: 'Hello' });
    expect(messageText(await stored(started.questionId))).toBe('Hello');
    expect(await stored(started.answerId)).toMatchObject({ status: 'streaming', runId: started.runId, parts: [] });
    const conversation = await storage.conversations.get(started.conversationId);
    expect(conversation).toMatchObject({ title: 'Hello', tipId: started.answerId });
  });

  it('keeps the answer with its model, route and usage', async () => {
    engine.script(['Par', 'is.']);
    const started = await chat.send({ text: 'What is the capital of France?' });
    await follow(started);
    expect(await stored(started.answerId)).toMatchObject({
      parentId: started.questionId,
      role: 'assistant',
      status: 'complete',
      runId: null,
      parts: [{ type: 'text', text: 'Paris.' }],
      modelName: 'Small',
      route: { zone: 'local', reason: 'only-local-models' },
      usage: { outputTokens: 2 },
    });
  });

  it('gives the model the system prompt and the whole branch', async () => {
    await set({ systemPrompt: 'Be brief.', temperature: 0.7, answerTokenLimit: 99 });
    engine.script(['Hi.']);
    const first = await chat.send({ text: 'Hello' });
    await follow(first);
    const second = await chat.send({ conversationId: first.conversationId, text: 'And again?' });
    await follow(second);
    expect(engine.requests[1]).toMatchObject({
      conversationKey: first.conversationId,
      sampling: { temperature: 0.7 },
      maxTokens: 99,
      priority: 'interactive',
      turns: [
        { role: 'system', text: 'Be brief.' },
        { role: 'user', text: 'Hello' },
        { role: 'assistant', text: 'Hi.' },
        { role: 'user', text: 'And again?' },
      ],
    });
    expect(await storage.conversations.list()).toHaveLength(1);
  });

  it.each(['', '  \n\t '])('refuses %j as a message and stores nothing', async (text) => {
    await expect(chat.send({ text })).rejects.toMatchObject({ code: 'prompt/empty' });
    expect(await storage.conversations.list()).toEqual([]);
  });

  it('refuses an unknown conversation', async () => {
    const conversationId = createId(conversationIdSchema);
    await expect(chat.send({ conversationId, text: 'Hello' })).rejects.toMatchObject({ code: 'app/not-found' });
  });

  it('keeps the question when there is no model', async () => {
    start(createFakeEngine(), []);
    const started = await chat.send({ text: 'Hello' });
    const parts = await follow(started);
    expect(parts.map(({ type }) => type)).toEqual(['run-start', 'run-error']);
    expect(parts.at(-1)).toMatchObject({ error: { code: 'model/none' } });
    expect(messageText(await stored(started.questionId))).toBe('Hello');
    expect(await stored(started.answerId)).toMatchObject({ status: 'failed', runId: null });
  });

  it('leaves a failed answer out of what the model reads next', async () => {
    engine.script([new AppError('engine/start-failed', 'No engine.')]);
    const first = await chat.send({ text: 'One' });
    await follow(first);
    await follow(await chat.send({ conversationId: first.conversationId, text: 'Two' }));
    expect(engine.requests.at(-1)?.turns).toEqual([{ role: 'user', text: 'One\n\nTwo' }]);
  });
});

describe('chat service: long conversations', () => {
  it('trims the oldest turns and says so', async () => {
    start(createFakeEngine({ contextTokens: 500 }));
    await set({ answerTokenLimit: 100 });
    let started = await chat.send({ text: words(150) });
    await follow(started);
    for (let turn = 0; turn < 4; turn += 1) {
      started = await chat.send({ conversationId: started.conversationId, text: `${words(150)} ${turn}` });
      await follow(started);
    }
    expect((await stored(started.answerId)).parts).toContainEqual({ type: 'notice', name: 'history-trimmed' });
    const turns = engine.requests.at(-1)?.turns ?? [];
    expect(turns.at(-1)?.text).toContain('3');
    expect(turns.length).toBeLessThan(9);
  });

  it('refuses a message that alone is longer than the context, and keeps it', async () => {
    start(createFakeEngine({ contextTokens: 8_192 }));
    const text = words(30_000);
    const started = await chat.send({ text });
    expect((await follow(started)).at(-1)).toMatchObject({
      type: 'run-error',
      error: { code: 'prompt/too-long', details: { promptTokens: 30_004, contextTokens: 8_192 } },
    });
    expect(messageText(await stored(started.questionId))).toBe(text);
    expect(engine.requests).toEqual([]);
  });

  it('marks an answer that met its limit', async () => {
    await set({ answerTokenLimit: 16 });
    engine.script(Array.from({ length: 30 }, () => 'a '));
    const started = await chat.send({ text: 'Go on' });
    const parts = await follow(started);
    expect(parts.at(-1)).toMatchObject({ type: 'run-end', reason: 'length' });
    expect(await stored(started.answerId)).toMatchObject({
      status: 'complete',
      parts: [
        { type: 'text', text: 'a '.repeat(16) },
        { type: 'notice', name: 'length-limit' },
      ],
    });
  });
});

describe('chat service: answers that end early', () => {
  it('keeps what was said when it is stopped', async () => {
    engine.script(['One ', 'two ', never, 'three']);
    const started = await chat.send({ text: 'Count' });
    const parts = follow(started);
    await said(started, 'two ');
    runs.stop(started.runId);
    expect((await parts).slice(-3)).toMatchObject([
      { type: 'text-end' },
      { type: 'notice', name: 'stopped' },
      { type: 'run-end', reason: 'stopped', usage: { outputTokens: 2 } },
    ]);
    expect(await stored(started.answerId)).toMatchObject({
      status: 'stopped',
      runId: null,
      parts: [
        { type: 'text', text: 'One two ' },
        { type: 'notice', name: 'stopped' },
      ],
    });
    expect(engine.active).toBe(0);
  });

  it('keeps what was said when the engine crashes, and answers the next question', async () => {
    engine.script(['One ', 'two ', new AppError('engine/crashed', 'The engine ended.')]);
    const started = await chat.send({ text: 'Count' });
    expect((await follow(started)).slice(-2)).toMatchObject([
      { type: 'notice', name: 'interrupted' },
      { type: 'run-end', reason: 'interrupted' },
    ]);
    expect(await stored(started.answerId)).toMatchObject({
      status: 'interrupted',
      parts: [
        { type: 'text', text: 'One two ' },
        { type: 'notice', name: 'interrupted' },
      ],
    });
    const next = await chat.send({ conversationId: started.conversationId, text: 'Again' });
    expect((await follow(next)).at(-1)).toMatchObject({ reason: 'complete' });
  });

  it('fails the run when the engine crashes before the first word', async () => {
    engine.script([new AppError('engine/crashed', 'The engine ended.')]);
    const started = await chat.send({ text: 'Count' });
    expect((await follow(started)).at(-1)).toMatchObject({ type: 'run-error', error: { code: 'engine/crashed' } });
    expect(await stored(started.answerId)).toMatchObject({ status: 'failed', parts: [] });
  });

  // A crash of the whole app may cost half a second of the answer, not all of it.
  it('has the growing answer in the database every half second', async () => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    engine.script(['One ', () => gates[0].promise, 'two ', () => gates[1].promise, 'three']);
    const started = await chat.send({ text: 'Count' });
    const parts = follow(started);
    await said(started, 'One ');
    const textAfter = async (durationMs: number): Promise<string> => {
      await clock.advance(durationMs);
      return messageText(await stored(started.answerId));
    };
    await expect.poll(() => textAfter(500)).toBe('One ');
    gates[0].resolve();
    await said(started, 'two ');
    await expect.poll(() => textAfter(500)).toBe('One two ');
    expect(await stored(started.answerId)).toMatchObject({ status: 'streaming', modelName: 'Small' });
    gates[1].resolve();
    await parts;
  });
});

describe('chat service: retry', () => {
  it('answers the same question on a branch beside the first answer', async () => {
    engine.script(['First']);
    const first = await chat.send({ text: 'Say something' });
    await follow(first);
    engine.script(['Second']);
    const second = await chat.retry(first.answerId);
    await follow(second);
    expect(second).toMatchObject({ conversationId: first.conversationId, questionId: first.questionId });
    expect(engine.requests[1]?.turns).toEqual([{ role: 'user', text: 'Say something' }]);
    expect((await storage.conversations.get(first.conversationId))?.tipId).toBe(second.answerId);
    expect(messageText(await stored(first.answerId))).toBe('First');
    const branch = await storage.messages.branch(second.answerId);
    expect(branch.map(messageText)).toEqual(['Say something', 'Second']);
  });

  it('stops an answer that is still growing first', async () => {
    engine.script(['One ', never]);
    const first = await chat.send({ text: 'Count' });
    await said(first, 'One ');
    const second = await chat.retry(first.answerId);
    await follow(second);
    expect(await stored(first.answerId)).toMatchObject({ status: 'stopped', runId: null });
  });

  it('refuses what is not an answer', async () => {
    engine.script(['First']);
    const first = await chat.send({ text: 'Hello' });
    await follow(first);
    await expect(chat.retry(first.questionId)).rejects.toMatchObject({ code: 'app/not-found' });
    await expect(chat.retry(createId(messageIdSchema))).rejects.toMatchObject({ code: 'app/not-found' });
  });
});
