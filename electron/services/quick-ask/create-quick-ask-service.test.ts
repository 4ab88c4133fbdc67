import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPassingStorage } from '../../app/passing-storage.ts';
import type { PassingStorage } from '../../app/passing-storage.ts';
import { quickAskTextLimit } from '../../shared/desktop.ts';
import { messageText } from '../../shared/message.ts';
import type { Storage } from '../../storage/storage.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { createFakeEngine } from '../../testing/fake-engine.ts';
import type { FakeEngine } from '../../testing/fake-engine.ts';
import { openChatServices } from '../../testing/open-chat-services.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import { createScriptedDesktop } from '../../testing/scripted-desktop.ts';
import type { ScriptedDesktop } from '../../testing/scripted-desktop.ts';
import { createLocalOnlyLabels } from '../privacy/local-only.ts';
import { createQuickAskService } from './create-quick-ask-service.ts';
import type { QuickAnswer, QuickAskQuestion, QuickAskService } from './quick-ask-service.ts';

const model = { description: { id: 'sha256:0123456789abcdef', name: 'Small' }, path: '/models/small.gguf' };
const shortenId = '0198c0de-5077-7000-8000-000000000003';
const asked: QuickAskQuestion = { text: 'Why is it wet?', context: null, presetId: null, replaces: null };

let kept: Storage;
let memory: Storage | null;
let passing: PassingStorage;
let engine: FakeEngine;
let desktop: ScriptedDesktop;
let services: ReturnType<typeof openChatServices>;
let keptServices: ReturnType<typeof openChatServices>;
let quickAsk: QuickAskService;

beforeEach(async () => {
  const clock = createFakeClock();
  kept = await openTestStorage({ clock });
  memory = null;
  passing = createPassingStorage(kept, async () => (memory = await openTestStorage({ clock })), clock);
  engine = createFakeEngine();
  desktop = createScriptedDesktop();
  const foundation = { clock, engine, models: [model] };
  services = openChatServices({ ...foundation, storage: { ...kept, ...passing.storage } });
  keptServices = openChatServices({ ...foundation, storage: kept });
  quickAsk = build(desktop);
});
afterEach(async () => {
  await services.runs.close();
  await quickAsk.close();
  await passing.close();
  await kept.close();
});

function build(on: ScriptedDesktop | null): QuickAskService {
  return createQuickAskService({ ...services, kept: keptServices.conversations, passing, desktop: on });
}
const ended = (answer: QuickAnswer) => services.runs.finished(answer.runId);
const lastTurn = (): string => engine.requests.at(-1)?.turns.at(-1)?.text ?? '';
const keptIds = async () => (await kept.conversations.list()).map(({ id }) => id);

/** Asks something whose answer says one word and then waits until `goOn` is called. */
async function askSlowly(question: Partial<QuickAskQuestion> = {}) {
  const { promise, resolve: goOn } = Promise.withResolvers<void>();
  engine.script(['Rain', () => promise, ' falls.']);
  const answer = await quickAsk.ask({ ...asked, ...question });
  await expect.poll(() => engine.active).toBe(1);
  return { answer, goOn };
}

describe('quick-ask: ask', () => {
  it('answers in a conversation that no list, search or export of the app knows', async () => {
    // Catches a question of the moment that a person finds among the chats, or on the disk, the day after.
    engine.script(['It', ' rains.']);
    const answer = await quickAsk.ask(asked);
    await ended(answer);
    expect(messageText(await found(answer))).toBe('It rains.');
    expect(await keptIds()).toEqual([]);
    expect(await kept.messages.get(answer.answerId)).toBeNull();
    expect((await kept.messages.search('wet', 10)).hits).toEqual([]);
  });

  it('puts nothing of the app’s own before the first token', async () => {
    // Catches a title, a count or an embedding that the engine does while a person waits.
    await quickAsk.warm();
    engine.script(['It', ' rains.']);
    await ended(await quickAsk.ask({ ...asked, context: 'It rained all night.' }));
    expect(engine.loads).toEqual([model.path]);
    expect(engine.requests.map(({ priority }) => priority)).toEqual(['interactive']);
    expect(engine.measurements).toEqual([]);
  });

  it('asks with the preset on the quoted context, and fails for a preset that is gone', async () => {
    await ended(await quickAsk.ask({ ...asked, text: '', context: 'It rained.', presetId: shortenId as never }));
    expect(lastTurn()).toMatch(/^Shorten this .*\n\n"""\nIt rained\.\n"""$/s);
    const gone = quickAsk.ask({ ...asked, presetId: shortenId.replace('3', '9') as never });
    await expect(gone).rejects.toMatchObject({ code: 'app/not-found' });
    await expect(quickAsk.ask({ ...asked, text: ' ' })).rejects.toMatchObject({ code: 'prompt/empty' });
  });

  it('stops and forgets the answer that it takes the place of', async () => {
    const { answer } = await askSlowly();
    engine.script(['New.']);
    await ended(await quickAsk.ask({ ...asked, text: 'And why cold?', replaces: answer.conversationId }));
    await ended(answer);
    await quickAsk.close();
    expect(await memory?.messages.get(answer.answerId)).toBeNull();
  });

  it('remembers no more than a few, for a page that was closed forgets nothing', async () => {
    const answers: QuickAnswer[] = [];
    for (let index = 0; index < 10; index += 1) {
      answers.push(await quickAsk.ask(asked));
      await ended(answers[index] as QuickAnswer);
    }
    await quickAsk.close();
    expect(await memory?.conversations.list()).toHaveLength(8);
  });
});

async function found({ answerId }: QuickAnswer) {
  const message = await passing.storage.messages.get(answerId);
  if (message === null) throw new Error('The answer is gone.');
  return message;
}

describe('quick-ask: warm', () => {
  it('loads the model, and is quiet where there is none', async () => {
    await quickAsk.warm();
    expect(engine.loads).toEqual([model.path]);
    const none = { provider: { contextTokens: () => Promise.reject(new Error('Nothing there')) } };
    const without = createQuickAskService({
      ...services,
      ...none,
      kept: keptServices.conversations,
      passing,
      desktop: null,
    });
    await expect(without.warm()).resolves.toBeUndefined();
  });
});

describe('quick-ask: continue', () => {
  it('keeps the conversation under its ids, with a title of its preset, and shows it', async () => {
    engine.script(['Short.']);
    const answer = await quickAsk.ask({ ...asked, text: '', context: 'It rained.', presetId: shortenId as never });
    await ended(answer);
    await quickAsk.continue(answer.conversationId);
    expect(await kept.conversations.list()).toEqual([
      expect.objectContaining({ id: answer.conversationId, isPrivate: false, title: 'Shorten: It rained.' }),
    ]);
    const { messages } = await keptServices.conversations.open(answer.conversationId);
    expect(messages.map(({ role, status }) => [role, status])).toEqual([
      ['user', 'complete'],
      ['assistant', 'complete'],
    ]);
    expect(await memory?.conversations.list()).toEqual([]);
    expect(desktop.calls).toEqual([
      { call: 'ask', request: { type: 'show-conversation', conversationId: answer.conversationId } },
      { call: 'hideQuickAsk' },
    ]);
  });

  // Catches a question of the moment that gets rid of the label of what it was made from by being kept.
  it('stays local only where its answer was made so', async () => {
    const labels = createLocalOnlyLabels({ ...kept, ...passing.storage });
    const answer = await quickAsk.ask(asked);
    await ended(answer);
    expect(await labels.hold(answer.conversationId)).toEqual({ isLocalOnly: false });
    await passing.storage.labels.setInherited(answer.conversationId, 'Clients');
    await quickAsk.continue(answer.conversationId);
    expect(await createLocalOnlyLabels(kept).of(answer.conversationId)).toEqual({
      isLocalOnly: true,
      because: 'earlier',
      name: 'Clients',
    });
  });

  it('lets an answer that grows go on growing where it is kept', async () => {
    // Catches the answer that stays half-written for ever because its end was written to the place it left.
    const { answer, goOn } = await askSlowly();
    await quickAsk.continue(answer.conversationId);
    goOn();
    await ended(answer);
    const message = await kept.messages.get(answer.answerId);
    expect(message).toMatchObject({ status: 'complete', parts: [{ type: 'text', text: 'Rain falls.' }] });
  });

  it('says so for one that is forgotten, and forgets none that is kept', async () => {
    const answer = await quickAsk.ask(asked);
    await ended(answer);
    await quickAsk.continue(answer.conversationId);
    await quickAsk.forget(answer.conversationId);
    expect(await keptIds()).toEqual([answer.conversationId]);
    const other = await quickAsk.ask(asked);
    await quickAsk.forget(other.conversationId);
    await expect(quickAsk.continue(other.conversationId)).rejects.toMatchObject({ code: 'app/not-found' });
  });

  it('keeps it although the desktop fails', async () => {
    const answer = await quickAsk.ask(asked);
    await ended(answer);
    desktop.script({ failure: new Error('The session bus is gone.') });
    await quickAsk.continue(answer.conversationId);
    expect(await keptIds()).toEqual([answer.conversationId]);
  });
});

describe('quick-ask: show', () => {
  it('shows a page of the main window and goes away', async () => {
    await quickAsk.show('models');
    const shown = { call: 'ask', request: { type: 'show-page', page: 'models' } };
    expect(desktop.calls).toEqual([shown, { call: 'hideQuickAsk' }]);
  });
});

describe('quick-ask: forget', () => {
  it('stops the answer, and leaves nothing of it in memory', async () => {
    const { answer } = await askSlowly();
    await quickAsk.forget(answer.conversationId);
    expect(engine.active).toBe(0);
    expect(await memory?.conversations.get(answer.conversationId)).toBeNull();
    expect(await memory?.messages.get(answer.answerId)).toBeNull();
    await expect(memory?.conversations.restore(answer.conversationId)).rejects.toMatchObject({ code: 'app/not-found' });
  });

  it('removes nothing but its own: a kept chat with that id stays', async () => {
    const chat = await keptServices.conversations.create({ documentIds: [] });
    await quickAsk.forget(chat.id);
    expect(await keptIds()).toEqual([chat.id]);
  });
});

describe('quick-ask: the app in front', () => {
  it('cuts what is too long, and says so', async () => {
    desktop.script({
      takenText: { status: 'taken', from: 'clipboard', text: 'x'.repeat(quickAskTextLimit + 1), isCut: false },
    });
    const taken = await quickAsk.takeText('clipboard');
    expect(taken).toMatchObject({ status: 'taken', isCut: true, text: 'x'.repeat(quickAskTextLimit) });
    desktop.script({ takenText: { status: 'taken', from: 'clipboard', text: ' \n', isCut: false } });
    expect(await quickAsk.takeText('clipboard')).toEqual({ status: 'empty' });
  });

  it('answers in words where there is no desktop, or where it fails', async () => {
    const without = build(null);
    expect(await without.takeText('selection')).toEqual({ status: 'unavailable' });
    expect(await without.paste('x')).toBe('failed');
    desktop.script({ failure: new Error('No rights.') });
    expect(await quickAsk.takeText('selection')).toEqual({ status: 'unavailable' });
    expect(await quickAsk.paste('x')).toBe('failed');
  });
});
