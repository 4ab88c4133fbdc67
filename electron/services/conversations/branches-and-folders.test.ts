import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createId, folderIdSchema, messageIdSchema } from '../../shared/ids.ts';
import type { ConversationId, MessageId } from '../../shared/ids.ts';
import { messageText } from '../../shared/message.ts';
import type { Storage } from '../../storage/storage.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { createFakeEngine } from '../../testing/fake-engine.ts';
import type { FakeEngine } from '../../testing/fake-engine.ts';
import { openChatServices } from '../../testing/open-chat-services.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import type { ConversationsService } from './conversations-service.ts';

const model = { description: { id: 'sha256:0123456789abcdef', name: 'Small' }, path: '/models/small.gguf' };
const clock = createFakeClock();
let storage: Storage;
let engine: FakeEngine;
let services: ReturnType<typeof openChatServices>;
let conversations: ConversationsService;

beforeEach(async () => {
  storage = await openTestStorage({ clock });
  engine = createFakeEngine();
  services = openChatServices({ storage, clock, engine, models: [model] });
  ({ conversations } = services);
});
afterEach(async () => {
  await services.runs.close();
  await storage.close();
});

async function ask(text: string, answer: string, conversationId?: ConversationId) {
  engine.script([answer]);
  const target = conversationId === undefined ? {} : { conversationId };
  const started = await services.chat.send({ text, ...target });
  await services.runs.finished(started.runId);
  return started;
}
const shown = async (id: ConversationId) => (await conversations.open(id)).messages.map(messageText);

describe('conversations: branches', () => {
  it('shows another branch up to its newest end, and compares it without showing it', async () => {
    const one = await ask('One', 'First.');
    const { conversationId: id } = one;
    const two = await ask('Two', 'Second.', id);
    engine.script(['Other.']);
    const other = await services.chat.retry(one.answerId);
    await services.runs.finished(other.runId);
    expect(await shown(id)).toEqual(['One', 'Other.']);
    expect((await conversations.branch(two.answerId)).map(messageText)).toEqual(['One', 'First.', 'Two', 'Second.']);
    expect(await shown(id)).toEqual(['One', 'Other.']);
    await conversations.show(id, one.answerId, false);
    expect(await shown(id)).toEqual(['One', 'First.', 'Two', 'Second.']);
    await conversations.show(id, one.answerId, true);
    await ask('Three', 'Third.', id);
    expect(await shown(id)).toEqual(['One', 'First.', 'Three', 'Third.']);
    expect(await conversations.outline(id)).toHaveLength(7);
  });

  it('stores a question behind any message of the conversation, and of no other', async () => {
    const one = await ask('One', 'First.');
    const far = await ask('Far', 'Away.');
    const { conversationId, questionId, answerId } = one;
    await conversations.storeQuestion({ conversationId, text: 'Behind the question', parentId: questionId });
    expect(await shown(conversationId)).toEqual(['One', 'Behind the question']);
    await conversations.storeQuestion({ conversationId, text: 'New beginning', parentId: null });
    expect(await shown(conversationId)).toEqual(['New beginning']);
    const store = (parentId: MessageId) => conversations.storeQuestion({ conversationId, text: 'x', parentId });
    for (const parentId of [far.answerId, createId(messageIdSchema)]) {
      await expect(store(parentId)).rejects.toMatchObject({ code: 'app/not-found' });
      await expect(conversations.show(conversationId, parentId, false)).rejects.toMatchObject({
        code: 'app/not-found',
      });
    }
    await store(answerId);
    await expect(conversations.branch(createId(messageIdSchema))).rejects.toMatchObject({ code: 'app/not-found' });
  });
});

describe('conversations: removal', () => {
  // The answer would go on using the engine, unseen, and write into what is gone.
  it('stops an answer that is being written first', async () => {
    engine.script(['One ', () => new Promise(() => undefined)]);
    const started = await services.chat.send({ text: 'Count' });
    await expect.poll(() => engine.active).toBe(1);
    await conversations.remove(started.conversationId);
    expect(engine.active).toBe(0);
    expect(services.runs.isBusy).toBe(false);
    await conversations.restore(started.conversationId);
    expect((await conversations.open(started.conversationId)).messages.at(-1)).toMatchObject({ status: 'stopped' });
  });

  it('takes no question for a removed conversation', async () => {
    const { conversationId, answerId, questionId } = await ask('One', 'First.');
    await conversations.remove(conversationId);
    const calls = [
      () => services.chat.send({ conversationId, text: 'x' }),
      () => services.chat.retry(answerId),
      () => services.chat.edit({ questionId, text: 'x' }),
      () => services.chat.continue(answerId),
      () => services.chat.meter({ conversationId, text: 'x' }, new AbortController().signal),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'app/not-found' });
  });
});

describe('conversations: places and options', () => {
  it('keeps options that a patch leaves out, and takes null as the way back to the settings', async () => {
    const { id } = await conversations.create({ documentIds: [], options: { temperature: 1, systemPrompt: 'Hi' } });
    const { options } = await conversations.setOptions(id, { temperature: null, trimming: 'summarise-oldest' });
    expect(options).toMatchObject({
      temperature: null,
      systemPrompt: 'Hi',
      trimming: 'summarise-oldest',
      modelId: null,
    });
  });

  it('puts conversations into folders, which may go without them', async () => {
    const folder = await conversations.createFolder('  Letters\n2026 ');
    expect(folder.name).toBe('Letters 2026');
    const { id } = await conversations.create({ documentIds: [], folderId: folder.id });
    expect(await conversations.place(id, { isPinned: true })).toMatchObject({ folderId: folder.id, isPinned: true });
    expect((await conversations.renameFolder(folder.id, 'Post')).name).toBe('Post');
    await conversations.removeFolder(folder.id);
    expect((await conversations.open(id)).conversation).toMatchObject({ folderId: null, isPinned: true });
    expect(await conversations.folders()).toEqual([]);
    const nowhere = createId(folderIdSchema);
    await expect(conversations.place(id, { folderId: nowhere })).rejects.toMatchObject({ code: 'app/not-found' });
    await expect(conversations.removeFolder(nowhere)).rejects.toMatchObject({ code: 'app/not-found' });
    await expect(conversations.createFolder(' \n')).rejects.toMatchObject({ code: 'app/invalid-input' });
  });

  it('takes a title of a model for first words only', async () => {
    const { conversationId: id } = await ask('What is an orchid?', 'A flower.');
    await conversations.offerTitle(id, 'Orchids');
    expect((await conversations.open(id)).conversation).toMatchObject({ title: 'Orchids', titleOrigin: 'model' });
    await Promise.all([conversations.rename(id, 'Mine'), conversations.offerTitle(id, 'Theirs')]);
    expect((await conversations.open(id)).conversation).toMatchObject({ title: 'Mine', titleOrigin: 'user' });
  });
});
