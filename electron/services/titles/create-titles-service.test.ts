import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPrivateLayer } from '../../storage/private-layer.ts';
import type { Storage } from '../../storage/storage.ts';
import { createFakeClock, settle } from '../../testing/fake-clock.ts';
import type { FakeClock } from '../../testing/fake-clock.ts';
import { createFakeEngine } from '../../testing/fake-engine.ts';
import type { FakeEngine } from '../../testing/fake-engine.ts';
import { openChatServices, resourcesFolder } from '../../testing/open-chat-services.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import { createTitlesService } from './create-titles-service.ts';
import type { TitlesService } from './titles-service.ts';

const model = { description: { id: 'sha256:0123456789abcdef', name: 'Small' }, path: '/models/small.gguf' };
const text = 'How do I water an orchid in winter without drowning it in too much water every single day?';
const title = JSON.stringify({ title: 'Watering an orchid' });

let clock: FakeClock;
let storage: Storage;
let engine: FakeEngine;
let services: ReturnType<typeof openChatServices>;
let titles: TitlesService;

beforeEach(async () => {
  clock = createFakeClock();
  storage = createPrivateLayer(await openTestStorage({ clock }), () => openTestStorage({ clock }));
  engine = createFakeEngine();
  services = openChatServices({ storage, clock, engine, models: [model] });
  titles = createTitlesService({ ...services, storage, settings: storage.settings, engine, clock, resourcesFolder });
});
afterEach(async () => {
  await titles.close();
  await services.runs.close();
  await storage.close();
});

async function ask(isPrivate = false) {
  const { id } = await services.conversations.create({ documentIds: [], isPrivate });
  engine.script(['Once a week.']);
  const { runId } = await services.chat.send({ conversationId: id, text });
  await services.runs.finished(runId);
  await settle();
  return id;
}

const titleOf = async (id: Parameters<Storage['conversations']['get']>[0]) => {
  const conversation = await storage.conversations.get(id);
  return { title: conversation?.title, titleOrigin: conversation?.titleOrigin };
};

/** Lets so much quiet pass that titles are written. */
async function rest(): Promise<void> {
  await expect.poll(() => clock.waiting).toBeGreaterThan(0);
  await clock.advance(5_000);
}

describe('createTitlesService', () => {
  it('names a conversation when nothing was asked for some seconds', async () => {
    const id = await ask();
    expect((await titleOf(id)).titleOrigin).toBe('first-words');
    engine.script([title]);
    await rest();
    await expect.poll(() => titleOf(id)).toEqual({ title: 'Watering an orchid', titleOrigin: 'model' });
    expect(engine.requests.at(-1)).toMatchObject({ priority: 'background', conversationKey: 'title' });
  });

  it('is not made from an answer that is hidden', async () => {
    // Catches the words of a hidden answer that stand in the list of chats.
    const { id } = await services.conversations.create({ documentIds: [] });
    engine.script(['How to make a pipe bomb:\n1. Fill the tube with 200 g of it.\n2. Attach the fuse.']);
    await services.runs.finished((await services.chat.send({ conversationId: id, text })).runId);
    await settle();
    engine.script([title]);
    await rest();
    await expect.poll(async () => (await titleOf(id)).titleOrigin).toBe('model');
    const read = JSON.stringify(engine.requests.at(-1)?.turns);
    expect(read).toContain('orchid');
    expect(read).not.toContain('pipe');
  });

  it('keeps the first words where the title will not do, and does not try again', async () => {
    const id = await ask();
    engine.script([JSON.stringify({ title: 'Conversation about plants' })]);
    await rest();
    await expect.poll(() => engine.requests.length).toBe(2);
    const other = await ask();
    engine.script([title]);
    await rest();
    await expect.poll(async () => (await titleOf(other)).titleOrigin).toBe('model');
    expect((await titleOf(id)).titleOrigin).toBe('first-words');
    expect(engine.requests).toHaveLength(4);
  });

  it('never replaces a title of the user’s, also one given while it writes', async () => {
    const id = await ask();
    const gate = Promise.withResolvers<void>();
    engine.script([() => gate.promise, title]);
    await rest();
    await expect.poll(() => engine.requests.length).toBe(2);
    await services.conversations.rename(id, 'Mine');
    gate.resolve();
    await titles.close();
    expect(await titleOf(id)).toEqual({ title: 'Mine', titleOrigin: 'user' });
  });

  // A person who asks must not wait for a title.
  it('drops the title the moment something is asked, and takes it up again later', async () => {
    const id = await ask();
    engine.script([() => new Promise(() => undefined)]);
    await rest();
    await expect.poll(() => engine.active).toBe(1);
    const other = await ask();
    await expect.poll(() => engine.active).toBe(0);
    engine.script([title]);
    engine.script([title]);
    await rest();
    await expect.poll(async () => (await titleOf(id)).titleOrigin).toBe('model');
    await expect.poll(async () => (await titleOf(other)).titleOrigin).toBe('model');
  });

  it('does nothing when the setting is off, and nothing with private conversations', async () => {
    await storage.settings.update({ hasAutomaticTitles: false });
    await ask();
    await rest();
    await storage.settings.update({ hasAutomaticTitles: true });
    await ask(true);
    engine.script([title]);
    await rest();
    await expect.poll(() => engine.requests.length).toBe(3);
    expect((await storage.conversations.list()).filter(({ titleOrigin }) => titleOrigin === 'model')).toHaveLength(1);
  });
});
