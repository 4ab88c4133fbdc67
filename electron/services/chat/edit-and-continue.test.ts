import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnswerPart } from '../../shared/answer-part.ts';
import { AppError } from '../../shared/app-error.ts';
import { createId, messageIdSchema, modelIdSchema, presetIdSchema } from '../../shared/ids.ts';
import { messageText } from '../../shared/message.ts';
import type { Message } from '../../shared/message.ts';
import type { Storage } from '../../storage/storage.ts';
import { buildDocument } from '../../testing/build-records.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import type { FakeClock } from '../../testing/fake-clock.ts';
import { createFakeEngine } from '../../testing/fake-engine.ts';
import type { FakeEngine } from '../../testing/fake-engine.ts';
import { openChatServices } from '../../testing/open-chat-services.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import type { AnswersService } from '../answers/answers-service.ts';
import type { ConversationsService } from '../conversations/conversations-service.ts';
import type { RunsService } from '../runs/runs-service.ts';
import type { ChatService, StartedAnswer } from './chat-service.ts';

const signal = new AbortController().signal;
const model = { description: { id: 'sha256:0123456789abcdef', name: 'Small' }, path: '/models/small.gguf' };
const other = { description: { id: 'sha256:fedcba9876543210', name: 'Other' }, path: '/models/other.gguf' };
const never = () => new Promise<void>(() => undefined);

let clock: FakeClock;
let storage: Storage;
let engine: FakeEngine;
let runs: RunsService;
let chat: ChatService;
let conversations: ConversationsService;

beforeEach(async () => {
  clock = createFakeClock();
  storage = await openTestStorage({ clock });
  start();
});
afterEach(async () => {
  await runs.close();
  await storage.close();
});

function start(answers?: Pick<AnswersService, 'answer' | 'continue'>, models = [model, other]): void {
  engine = createFakeEngine();
  ({ runs, chat, conversations } = openChatServices({
    storage,
    clock,
    engine,
    models,
    ...(answers === undefined ? {} : { answers }),
  }));
}

const follow = async ({ runId }: StartedAnswer): Promise<readonly AnswerPart[]> =>
  Array.fromAsync(runs.follow(runId, -1, signal));
const textOf = (parts: readonly AnswerPart[]): string =>
  parts.flatMap((part) => (part.type === 'text-delta' ? [part.text] : [])).join('');
const said = async ({ runId }: StartedAnswer, text: string): Promise<void> => {
  for await (const part of runs.follow(runId, -1, signal)) if (part.type === 'text-delta' && part.text === text) return;
};

async function stored(id: Message['id']): Promise<Message> {
  const message = await storage.messages.get(id);
  if (message === null) throw new Error('The message is not in the database.');
  return message;
}

/** An answer that was stopped after these words. */
async function stopped(words: readonly string[], text = 'Count'): Promise<StartedAnswer> {
  engine.script([...words, never]);
  const started = await chat.send({ text });
  await said(started, words.at(-1) ?? '');
  runs.stop(started.runId);
  await runs.finished(started.runId);
  return started;
}

describe('chat service: edit', () => {
  it('asks beside the old question, which stays with its answer', async () => {
    engine.script(['First.']);
    const first = await chat.send({ text: 'One' });
    await follow(first);
    engine.script(['Second.']);
    const edited = await chat.edit({ questionId: first.questionId, text: 'Another one' });
    await follow(edited);
    expect(engine.requests[1]?.turns).toEqual([{ role: 'user', text: 'Another one' }]);
    const outline = await conversations.outline(first.conversationId);
    expect(outline.map(({ parentId }) => parentId)).toEqual([null, first.questionId, null, edited.questionId]);
    expect(messageText(await stored(first.answerId))).toBe('First.');
    expect((await storage.conversations.get(first.conversationId))?.tipId).toBe(edited.answerId);
  });

  it('stops the answer to the old question, which nobody reads any more', async () => {
    engine.script(['One ', never]);
    const first = await chat.send({ text: 'Count' });
    await said(first, 'One ');
    await follow(await chat.edit({ questionId: first.questionId, text: 'Count on' }));
    expect(await stored(first.answerId)).toMatchObject({ status: 'stopped', runId: null });
    expect(engine.active).toBe(0);
  });

  it('goes to the documents where the conversation has some', async () => {
    const asked: string[] = [];
    const answer = async ({ conversationId, questionId }: Parameters<AnswersService['answer']>[0]) => {
      asked.push(messageText(await stored(questionId)));
      const runId = runs.start(async () => Promise.resolve({ reason: 'complete', usage: null }));
      return { conversationId, questionId, answerId: questionId, runId };
    };
    await runs.close();
    start({ answer, continue: async () => Promise.reject(new Error('Nothing is continued.')) });
    const { document, passages } = buildDocument(['Text']);
    await storage.documents.insert(document, passages);
    const first = await chat.send({ text: 'One' });
    await follow(first);
    await conversations.setScope(first.conversationId, { documentIds: [document.description.id], collectionIds: [] });
    await chat.edit({ questionId: first.questionId, text: 'Two' });
    expect(asked).toEqual(['Two']);
  });

  it('refuses an answer, an unknown message and an empty text', async () => {
    const first = await chat.send({ text: 'One' });
    await follow(first);
    const edit = (questionId: Message['id'], text: string) => chat.edit({ questionId, text });
    await expect(edit(first.answerId, 'x')).rejects.toMatchObject({ code: 'app/not-found' });
    await expect(edit(createId(messageIdSchema), 'x')).rejects.toMatchObject({ code: 'app/not-found' });
    await expect(edit(first.questionId, ' ')).rejects.toMatchObject({ code: 'prompt/empty' });
  });
});

describe('chat service: continue', () => {
  it('lets the same message grow, from what it said', async () => {
    const first = await stopped(['One ', 'two ']);
    engine.script(['three']);
    const again = await chat.continue(first.answerId);
    expect(again).toMatchObject({ answerId: first.answerId, questionId: first.questionId });
    const parts = await follow(again);
    // A follower that begins with this run must have the whole text.
    expect(textOf(parts)).toBe('One two three');
    expect(parts.at(-1)).toMatchObject({ type: 'run-end', reason: 'complete' });
    expect(engine.requests[1]?.turns.at(-1)).toEqual({ role: 'assistant', text: 'One two ' });
    expect(await stored(first.answerId)).toMatchObject({
      status: 'complete',
      runId: null,
      parts: [{ type: 'text', text: 'One two three' }],
    });
    expect(await conversations.outline(first.conversationId)).toHaveLength(2);
  });

  it('goes on after the length limit, and may meet it again', async () => {
    await storage.settings.update({ answerTokenLimit: 16 });
    engine.script(Array.from({ length: 20 }, () => 'a '));
    const first = await chat.send({ text: 'Go on' });
    await follow(first);
    engine.script(Array.from({ length: 20 }, () => 'b '));
    await follow(await chat.continue(first.answerId));
    expect((await stored(first.answerId)).parts).toEqual([
      { type: 'text', text: 'a '.repeat(16) + 'b '.repeat(16) },
      { type: 'notice', name: 'length-limit' },
    ]);
  });

  // The whole app may end while the answer grows again: what it said before must be in the database all the time.
  it('keeps the earlier text through a crash of the app, and can be continued once more', async () => {
    const first = await stopped(['One ', 'two ']);
    engine.script([never]);
    const again = await chat.continue(first.answerId);
    expect(await stored(first.answerId)).toMatchObject({ status: 'streaming', runId: again.runId });
    expect(messageText(await stored(first.answerId))).toBe('One two ');
    expect(await storage.messages.interruptStreaming()).toBe(1);
    expect(await stored(first.answerId)).toMatchObject({ status: 'interrupted', runId: null });
    runs.stop(again.runId);
    await runs.finished(again.runId);
    engine.script(['three']);
    await follow(await chat.continue(first.answerId));
    expect(messageText(await stored(first.answerId))).toBe('One two three');
  });

  it('leaves the answer as it was when nothing more could be said', async () => {
    const first = await stopped(['One ']);
    const before = await stored(first.answerId);
    engine.script([new AppError('engine/gave-up', 'No engine.')]);
    const parts = await follow(await chat.continue(first.answerId));
    expect(parts.at(-1)).toMatchObject({ type: 'run-error', error: { code: 'engine/gave-up' } });
    expect(await stored(first.answerId)).toEqual(before);
  });

  it('marks it as interrupted when the engine crashes behind new words', async () => {
    const first = await stopped(['One ']);
    engine.script(['two ', new AppError('engine/crashed', 'The engine ended.')]);
    await follow(await chat.continue(first.answerId));
    expect(await stored(first.answerId)).toMatchObject({
      status: 'interrupted',
      parts: [
        { type: 'text', text: 'One two ' },
        { type: 'notice', name: 'interrupted' },
      ],
    });
  });

  it('refuses a finished answer, a growing one and a question', async () => {
    engine.script(['Done.']);
    const finished = await chat.send({ text: 'One' });
    await follow(finished);
    await expect(chat.continue(finished.answerId)).rejects.toMatchObject({ code: 'app/invalid-input' });
    await expect(chat.continue(finished.questionId)).rejects.toMatchObject({ code: 'app/not-found' });
    engine.script([never]);
    const growing = await chat.send({ text: 'Two' });
    await expect(chat.continue(growing.answerId)).rejects.toMatchObject({ code: 'app/invalid-input' });
  });
});

describe('chat service: options of a conversation', () => {
  it('follows the conversation before its preset, and the preset before the settings', async () => {
    await storage.settings.update({ systemPrompt: 'Settings.', temperature: 0.1, answerTokenLimit: 100 });
    const { id } = await conversations.create({ documentIds: [], options: { temperature: 1.5 } });
    const presetId = presetIdSchema.parse('0198c0de-5077-7000-8000-000000000007');
    await conversations.setOptions(id, { presetId, answerTokenLimit: 50 });
    await follow(await chat.send({ conversationId: id, text: 'Hello' }));
    expect(engine.requests[0]).toMatchObject({ sampling: { temperature: 1.5 }, maxTokens: 50 });
    expect(engine.requests[0]?.turns[0]?.text).toContain('careful editor');
    await conversations.setOptions(id, { systemPrompt: '' });
    await follow(await chat.send({ conversationId: id, text: 'Again' }));
    expect(engine.requests[1]?.turns[0]?.role).toBe('user');
  });

  it('answers by the conversation’s own model, and by the usual one when that is gone', async () => {
    const modelId = modelIdSchema.parse(other.description.id);
    const { id } = await conversations.create({ documentIds: [], options: { modelId } });
    const first = await chat.send({ conversationId: id, text: 'Hello' });
    await follow(first);
    expect((await stored(first.answerId)).modelName).toBe('Other');
    await runs.close();
    start(undefined, [model]);
    const second = await chat.send({ conversationId: id, text: 'Hello' });
    await follow(second);
    expect((await stored(second.answerId)).modelName).toBe('Small');
  });

  // Loading another model would end the answer that the first one is giving.
  it('lets an answer end before another model takes the engine', async () => {
    const gate = Promise.withResolvers<void>();
    engine.script(['One ', () => gate.promise, 'two']);
    const first = await chat.send({ text: 'Count' });
    await said(first, 'One ');
    const modelId = modelIdSchema.parse(other.description.id);
    const { id } = await conversations.create({ documentIds: [], options: { modelId } });
    const second = await chat.send({ conversationId: id, text: 'Hello' });
    gate.resolve();
    await Promise.all([follow(first), follow(second)]);
    expect(messageText(await stored(first.answerId))).toBe('One two');
    expect(engine.loads).toEqual([model.path, other.path]);
  });
});
