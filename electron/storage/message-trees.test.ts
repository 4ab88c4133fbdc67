import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createId, messageIdSchema } from '../shared/ids.ts';
import type { Message } from '../shared/message.ts';
import { buildConversation, buildMessage } from '../testing/build-records.ts';
import { openTestStorage } from '../testing/open-test-storage.ts';
import type { Storage } from './storage.ts';

// One thread for all tests: what is deleted is as if it were not there.
let storage: Storage;
beforeAll(async () => {
  storage = await openTestStorage();
});
afterEach(async () => {
  for (const { id } of await storage.conversations.list()) await storage.conversations.remove(id);
});
afterAll(() => storage.close());

/** Question, two answers, and a follow-up to the first of them: `[question, first, second, followUp]`. */
function buildTree(conversationId: ReturnType<typeof buildConversation>['id']) {
  const question = buildMessage(conversationId, { createdAt: 10 });
  const first = buildMessage(conversationId, { parentId: question.id, role: 'assistant', createdAt: 20 });
  const second = buildMessage(conversationId, { parentId: question.id, role: 'assistant', createdAt: 30 });
  const followUp = buildMessage(conversationId, { parentId: first.id, createdAt: 40 });
  return [question, first, second, followUp] as const;
}

async function storeTree() {
  const conversation = buildConversation();
  const tree = buildTree(conversation.id);
  await storage.conversations.insert(conversation);
  for (const message of tree) await storage.messages.append(message);
  return { conversation, tree };
}

describe('MessageRepository', () => {
  it('reads a whole tree, and its outline in one short line a message', async () => {
    const { conversation, tree } = await storeTree();
    const text = `First\n\n\tline \0 ${'word '.repeat(60)}`;
    const parts = [
      { type: 'reasoning', text: 'Hm' },
      { type: 'text', text },
    ] as const;
    const [question, first, second, followUp] = tree;
    await storage.messages.update(first.id, { parts });
    await storage.messages.update(second.id, { parts: [{ type: 'text', text: '😀'.repeat(100) }] });
    await storage.messages.update(question.id, { parts: [] });
    const all = await storage.messages.ofConversation(conversation.id);
    expect(all.map(({ id }) => id)).toEqual(tree.map(({ id }) => id));
    const outline = await storage.messages.outline(conversation.id);
    expect(outline).toMatchObject(tree.map(({ id, parentId, role, createdAt }) => ({ id, parentId, role, createdAt })));
    const [nothing, long, signs, hello] = outline.map(({ preview }) => preview);
    expect([nothing, hello]).toEqual(['', 'Hello']);
    expect(long).toMatch(/^First line word .*word…$/);
    // Half of a sign at the cut would show as a box.
    expect(signs).toMatch(/^(😀)+…$/u);
    for (const { preview } of outline) expect(preview.length).toBeLessThanOrEqual(120);
    expect(followUp.parentId).toBe(first.id);
  });

  // Catches a hidden answer whose beginning stands in the map of branches.
  it('tells nothing of an answer that is hidden in its outline', async () => {
    const { conversation, tree } = await storeTree();
    const findings = [{ kind: 'harmful', start: 0, end: 3 }] as const;
    await storage.messages.update(tree[1].id, {
      parts: [
        { type: 'text', text: 'Mix the powder.' },
        { type: 'screening', findings },
      ],
    });
    const outline = await storage.messages.outline(conversation.id);
    expect(outline.find(({ id }) => id === tree[1].id)?.preview).toBe('');
  });

  it('finds the newest end of the branches through a message', async () => {
    const { tree } = await storeTree();
    const [question, first, second, followUp] = tree;
    expect(await storage.messages.newestEnd(question.id)).toBe(followUp.id);
    expect(await storage.messages.newestEnd(first.id)).toBe(followUp.id);
    expect(await storage.messages.newestEnd(second.id)).toBe(second.id);
    await storage.messages.append(buildMessage(second.conversationId, { parentId: second.id, createdAt: 50 }));
    expect(await storage.messages.newestEnd(question.id)).not.toBe(followUp.id);
    const missing = storage.messages.newestEnd(createId(messageIdSchema));
    await expect(missing).rejects.toMatchObject({ code: 'app/not-found' });
  });

  it('stores an imported conversation with its tree and tip, parents before children whatever their clocks say', async () => {
    const conversation = buildConversation({ title: 'Imported', updatedAt: 5 });
    const tree = buildTree(conversation.id);
    // Another program wrote the question's time after the answer's.
    const messages = tree.map((message, index) => (index === 0 ? { ...message, createdAt: 99 } : message));
    const tipId = tree[2].id;
    await storage.messages.insertConversation({ ...conversation, tipId }, messages);
    expect(await storage.conversations.get(conversation.id)).toEqual({ ...conversation, tipId });
    expect(await storage.messages.ofConversation(conversation.id)).toEqual(messages);
  });

  it.each<readonly [string, (tree: readonly Message[]) => readonly Message[]]>([
    ['a parent is missing', ([, ...others]) => others],
    ['a message comes twice', ([first, ...others]) => [first!, first!, ...others]],
    ['a message belongs to another conversation', (tree) => [...tree, buildMessage(buildConversation().id)]],
    ['the tip is not among its messages', (tree) => tree.slice(0, 2)],
  ])('stores nothing of an imported conversation when %s', async (_, damage) => {
    const conversation = buildConversation();
    const tree = buildTree(conversation.id);
    const insert = storage.messages.insertConversation({ ...conversation, tipId: tree[3].id }, damage(tree));
    await expect(insert).rejects.toMatchObject({ code: 'app/invalid-input' });
    expect(await storage.conversations.list()).toEqual([]);
    expect(await storage.messages.ofConversation(conversation.id)).toEqual([]);
    expect((await storage.messages.search('hello', 10)).hits).toEqual([]);
  });

  it('takes the summary that reaches furthest along the branch, and none of another branch', async () => {
    const { conversation, tree } = await storeTree();
    const [question, first, second, followUp] = tree;
    const summary = (messageId: Message['id'], text: string) => ({ conversationId: conversation.id, messageId, text });
    expect(await storage.messages.historySummary(followUp.id)).toBeNull();
    await storage.messages.putHistorySummary(summary(question.id, 'old'));
    await storage.messages.putHistorySummary(summary(first.id, 'first'));
    await storage.messages.putHistorySummary(summary(question.id, 'new'));
    expect(await storage.messages.historySummary(followUp.id)).toEqual(summary(first.id, 'first'));
    expect(await storage.messages.historySummary(second.id)).toEqual(summary(question.id, 'new'));
    const foreign = { ...summary(createId(messageIdSchema), 'x') };
    await expect(storage.messages.putHistorySummary(foreign)).rejects.toMatchObject({ code: 'app/invalid-input' });
  });
});
