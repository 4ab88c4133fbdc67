import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/app-error.ts';
import type { ConversationId } from '../../shared/ids.ts';
import { messageText } from '../../shared/message.ts';
import type { Storage } from '../../storage/storage.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { createFakeEngine } from '../../testing/fake-engine.ts';
import type { FakeEngine } from '../../testing/fake-engine.ts';
import { openChatServices } from '../../testing/open-chat-services.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import type { ConversationsService } from '../conversations/conversations-service.ts';
import type { RunsService } from '../runs/runs-service.ts';
import type { ChatService, StartedAnswer } from './chat-service.ts';

const signal = new AbortController().signal;
const model = { description: { id: 'sha256:0123456789abcdef', name: 'Small' }, path: '/models/small.gguf' };
const words = (count: number, word = 'word'): string => Array.from({ length: count }, () => word).join(' ');

const clock = createFakeClock();
let storage: Storage;
let engine: FakeEngine;
let runs: RunsService;
let chat: ChatService;
let conversations: ConversationsService;

beforeEach(async () => {
  storage = await openTestStorage({ clock });
  start(500);
});
afterEach(async () => {
  await runs.close();
  await storage.close();
});

function start(contextTokens: number): void {
  engine = createFakeEngine({ contextTokens });
  ({ runs, chat, conversations } = openChatServices({ storage, clock, engine, models: [model] }));
}

async function ask(text: string, conversationId?: ConversationId): Promise<StartedAnswer> {
  const started = await chat.send({ text, ...(conversationId === undefined ? {} : { conversationId }) });
  await runs.finished(started.runId);
  return started;
}

/** A conversation of so many questions of 40 words, each answered by one. */
async function talk(questions: number): Promise<ConversationId> {
  const { conversationId } = await ask(words(40, 'first'));
  for (let index = 1; index < questions; index += 1) await ask(words(40, `question${index}`), conversationId);
  return conversationId;
}

async function notices({ answerId }: StartedAnswer): Promise<readonly string[]> {
  const message = await storage.messages.get(answerId);
  return message?.parts.flatMap((part) => (part.type === 'notice' ? [part.name] : [])) ?? [];
}

describe('chat service: meter', () => {
  it('guesses without a model in the engine, and loads none', async () => {
    const meter = await chat.meter({ text: 'x'.repeat(400) }, signal);
    expect(meter).toMatchObject({ isEstimate: true, isTooLong: false, keptTurns: 0, windowTokens: 8_192 });
    expect(meter.draftTokens).toBeGreaterThanOrEqual(100);
    expect(engine.loads).toEqual([]);
  });

  // A meter that is only nearly right is worse than none: what it says must be what is sent.
  it.each(['drop-oldest', 'summarise-oldest'] as const)('says what sending then does: %s', async (trimming) => {
    await storage.settings.update({ answerTokenLimit: 100, systemPrompt: 'Be brief.', trimming });
    const conversationId = await talk(1);
    for (let index = 0; index < 12; index += 1) {
      const text = words(30 + index, `next${index}`);
      const meter = await chat.meter({ conversationId, text }, signal);
      const before = (await conversations.open(conversationId)).messages.length;
      const started = await ask(text, conversationId);
      const request = engine.requests.at(-1);
      const said = request?.turns.filter(({ role }) => role !== 'system').length ?? 0;
      expect(meter).toMatchObject({ isEstimate: false, isTooLong: false, windowTokens: 500, trimming });
      expect(said - 1).toBe(meter.keptTurns);
      expect(meter.keptTurns + meter.trimmedTurns).toBe(before);
      expect(meter.trimmedTurns > 0).toBe((await notices(started)).some((name) => name.startsWith('history-')));
      const { systemTokens, summaryTokens, historyTokens, draftTokens, answerTokens } = meter;
      expect(systemTokens + summaryTokens + historyTokens + draftTokens + answerTokens).toBeLessThanOrEqual(500);
      // A summary that is still to be written may turn out shorter than the room that is kept for it.
      expect(meter.summaryTokens > 0 ? answerTokens : request?.maxTokens).toBe(answerTokens);
    }
  });

  it('says when the draft alone does not fit', async () => {
    await talk(1);
    expect(await chat.meter({ text: words(600) }, signal)).toMatchObject({ isTooLong: true, answerTokens: 0 });
  });

  it('counts a growing draft from its last piece on', async () => {
    await runs.close();
    start(8_192);
    await talk(1);
    const counted: number[] = [];
    const countTokens = engine.countTokens.bind(engine);
    engine.countTokens = async (slot, texts, ownSignal) => {
      counted.push(texts.reduce((sum, text) => sum + text.length, 0));
      return countTokens(slot, texts, ownSignal);
    };
    const paste = Array.from({ length: 30_000 }, (_, index) => `w${index}`).join(' ');
    await chat.meter({ text: paste }, signal);
    expect(counted.splice(0).reduce((sum, length) => sum + length, 0)).toBeGreaterThan(100_000);
    await chat.meter({ text: `${paste} and` }, signal);
    const again = counted.reduce((sum, length) => sum + length, 0);
    expect(again).toBeGreaterThan(0);
    expect(again).toBeLessThan(20_000);
  });

  it('ends when it is aborted', async () => {
    await talk(1);
    const stop = new AbortController();
    stop.abort();
    await expect(chat.meter({ text: words(30_000, 'other') }, stop.signal)).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it('reads the branch once while nothing in it changes', async () => {
    const conversationId = await talk(2);
    let reads = 0;
    const branch = storage.messages.branch.bind(storage.messages);
    storage.messages.branch = async (tipId) => {
      reads += 1;
      return branch(tipId);
    };
    for (const text of ['a', 'ab', 'abc']) await chat.meter({ conversationId, text }, signal);
    expect(reads).toBe(1);
  });
});

describe('chat service: summarise the oldest turns', () => {
  beforeEach(async () => {
    await runs.close();
    start(1_000);
    await storage.settings.update({ answerTokenLimit: 100, trimming: 'summarise-oldest' });
  });

  /** Asks until a summary was needed; returns the answer and the requests that it took. */
  async function outgrow(conversationId: ConversationId, record: string) {
    for (let index = 0; index < 20; index += 1) {
      const from = engine.requests.length;
      const text = words(80, `more${index}`);
      const isFull =
        engine.requests.length > 1 && (await chat.meter({ conversationId, text }, signal)).summaryTokens > 60;
      if (isFull) engine.script([record]);
      const started = await ask(text, conversationId);
      const requests = engine.requests.slice(from);
      if (requests.length > 1) return { started, requests };
    }
    throw new Error('Everything fitted.');
  }

  it('puts a record of them into the system turn and says so', async () => {
    const conversationId = await talk(1);
    const { started, requests } = await outgrow(conversationId, 'They spoke of first things.');
    expect(requests).toHaveLength(2);
    expect(requests[0]?.turns.at(-1)?.text).toContain('User: first first');
    expect(requests[1]?.turns[0]).toMatchObject({ role: 'system' });
    expect(requests[1]?.turns[0]?.text).toContain('They spoke of first things.');
    expect(await notices(started)).toEqual(['history-summarised']);
    expect(await storage.messages.historySummary(started.questionId)).toMatchObject({
      text: 'They spoke of first things.',
    });
  });

  it('uses the stored record while it reaches far enough, then extends it by what is new', async () => {
    const conversationId = await talk(1);
    await outgrow(conversationId, 'Record one.');
    const again = await ask('Short', conversationId);
    expect(engine.requests.at(-1)?.turns[0]?.text).toContain('Record one.');
    expect(await notices(again)).toEqual(['history-summarised']);
    const { requests } = await outgrow(conversationId, 'Record two.');
    expect(requests[0]?.turns.at(-1)?.text).toContain('Record one.');
    // What the first record stands for must not be read again.
    expect(requests[0]?.turns.at(-1)?.text).not.toContain('User: first first');
    expect(requests[1]?.turns[0]?.text).toContain('Record two.');
  });

  it('keeps what was summarised when the engine fails on the next piece', async () => {
    const conversationId = await talk(1);
    for (let index = 0; index < 20; index += 1) {
      const from = engine.requests.length;
      engine.script([new AppError('engine/crashed', 'The engine ended.')]);
      const started = await ask(words(80, `more${index}`), conversationId);
      const isRecord = engine.requests[from]?.turns.at(-1)?.text.includes('Record so far') === true;
      if (!isRecord) continue;
      expect(await storage.messages.get(started.answerId)).toMatchObject({
        status: 'failed',
        error: { code: 'engine/crashed' },
      });
      expect(await storage.messages.historySummary(started.questionId)).toBeNull();
      return;
    }
    throw new Error('Everything fitted.');
  });

  it('stops at once while the record is written', async () => {
    const conversationId = await talk(1);
    for (let index = 0; index < 20; index += 1) {
      const from = engine.requests.length;
      engine.script([() => new Promise(() => undefined)]);
      const started = await chat.send({ conversationId, text: words(80, `more${index}`) });
      await expect.poll(() => engine.requests.length).toBe(from + 1);
      const isRecord = engine.requests[from]?.turns.at(-1)?.text.includes('Record so far') === true;
      runs.stop(started.runId);
      await runs.finished(started.runId);
      expect(await storage.messages.get(started.answerId)).toMatchObject({ status: 'stopped', runId: null });
      expect(engine.active).toBe(0);
      if (isRecord) return;
    }
    throw new Error('Everything fitted.');
  });

  it('leaves the turns out when the model has nothing to say about them', async () => {
    const conversationId = await talk(1);
    const { started } = await outgrow(conversationId, ' ');
    expect(await notices(started)).toEqual(['history-trimmed']);
  });
});

describe('chat service: hostile texts', () => {
  const strange = 'a\u0000b\ud800c\udc00d😀';

  it('stores half surrogate pairs and zeros as replacement characters, in message and title', async () => {
    const started = await ask(strange);
    const question = await storage.messages.get(started.questionId);
    expect(question === null ? '' : messageText(question)).toBe('a\ufffdb\ufffdc\ufffdd😀');
    expect((await storage.conversations.get(started.conversationId))?.title).toBe('a\ufffdb\ufffdc\ufffdd😀');
  });

  // A message in one piece would hold up this process and the engine's, which also write other answers.
  it('measures and refuses a message of a megabyte without handing more than a piece of it to the engine', async () => {
    await runs.close();
    start(8_192);
    await ask('Hello');
    const lengths: number[] = [];
    const countTokens = engine.countTokens.bind(engine);
    engine.countTokens = async (slot, texts, ownSignal) => {
      lengths.push(texts.reduce((sum, text) => sum + text.length, 0));
      return countTokens(slot, texts, ownSignal);
    };
    const text = words(200_000, 'five5').slice(0, 1_000_000);
    expect(await chat.meter({ text }, signal)).toMatchObject({ isTooLong: true });
    const started = await ask(text);
    expect(await storage.messages.get(started.answerId)).toMatchObject({
      status: 'failed',
      error: { code: 'prompt/too-long' },
    });
    const question = await storage.messages.get(started.questionId);
    expect(question === null ? 0 : messageText(question).length).toBe(1_000_000);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(80_000);
    expect(engine.requests).toHaveLength(1);
  });
});
