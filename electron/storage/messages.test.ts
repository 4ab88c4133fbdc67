import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createId, messageIdSchema, runIdSchema } from '../shared/ids.ts';
import { buildConversation, buildMessage } from '../testing/build-records.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { openTestStorage } from '../testing/open-test-storage.ts';
import type { Storage } from './storage.ts';

let storage: Storage;
beforeEach(async () => {
  storage = await openTestStorage({ clock: createFakeClock(5_000) });
});
afterEach(() => storage.close());

describe('ConversationRepository', () => {
  it('lists the most recently updated first', async () => {
    const older = buildConversation({ updatedAt: 1 });
    const newer = buildConversation({ updatedAt: 2 });
    await storage.conversations.insert(newer);
    await storage.conversations.insert(older);
    expect(await storage.conversations.list()).toEqual([newer, older]);
    await storage.conversations.update(older.id, { title: 'Renamed', updatedAt: 3 });
    expect(await storage.conversations.list()).toEqual([{ ...older, title: 'Renamed', updatedAt: 3 }, newer]);
  });

  it('hides a removed conversation and brings it back with its messages', async () => {
    const conversation = buildConversation();
    const message = buildMessage(conversation.id);
    await storage.conversations.insert(conversation);
    await storage.messages.append(message);
    await storage.conversations.remove(conversation.id);
    expect(await storage.conversations.list()).toEqual([]);
    expect(await storage.conversations.get(conversation.id)).toBeNull();
    await storage.conversations.restore(conversation.id);
    expect((await storage.conversations.get(conversation.id))?.tipId).toBe(message.id);
    expect(await storage.messages.branch(message.id)).toEqual([message]);
  });
});

describe('MessageRepository', () => {
  it('moves the tip and the time of the conversation when a message is appended', async () => {
    const conversation = buildConversation({ updatedAt: 10 });
    const message = buildMessage(conversation.id, { createdAt: 20 });
    await storage.conversations.insert(conversation);
    await storage.messages.append(message);
    const stored = await storage.conversations.get(conversation.id);
    expect(stored).toEqual({ ...conversation, tipId: message.id, updatedAt: 20 });
  });

  it('reads one branch of the tree, oldest first', async () => {
    const conversation = buildConversation();
    const question = buildMessage(conversation.id);
    const first = buildMessage(conversation.id, { parentId: question.id, role: 'assistant' });
    const second = buildMessage(conversation.id, { parentId: question.id, role: 'assistant' });
    const followUp = buildMessage(conversation.id, { parentId: second.id });
    await storage.conversations.insert(conversation);
    for (const message of [question, first, second, followUp]) await storage.messages.append(message);
    expect(await storage.messages.branch(followUp.id)).toEqual([question, second, followUp]);
    expect(await storage.messages.branch(first.id)).toEqual([question, first]);
    expect(await storage.messages.branch(createId(messageIdSchema))).toEqual([]);
  });

  // A message without its conversation's tip, or a tip without its message, would be a lost message.
  it('stores nothing when the conversation is gone or the parent belongs to another', async () => {
    const conversation = buildConversation();
    const other = buildConversation();
    await storage.conversations.insert(conversation);
    await storage.conversations.insert(other);
    const foreign = buildMessage(other.id);
    await storage.messages.append(foreign);
    const crossed = buildMessage(conversation.id, { parentId: foreign.id });
    await expect(storage.messages.append(crossed)).rejects.toMatchObject({ code: 'app/invalid-input' });
    await storage.conversations.remove(conversation.id);
    const late = buildMessage(conversation.id);
    await expect(storage.messages.append(late)).rejects.toMatchObject({ code: 'app/not-found' });
    expect(await storage.messages.get(crossed.id)).toBeNull();
    expect(await storage.messages.get(late.id)).toBeNull();
  });

  it('keeps every kind of part through an update, and what the change does not name', async () => {
    const conversation = buildConversation();
    const message = buildMessage(conversation.id, { role: 'assistant', status: 'streaming', modelName: 'Small' });
    await storage.conversations.insert(conversation);
    await storage.messages.append(message);
    const parts = [
      { type: 'reasoning', text: 'Hm "quoted" \u2028 line' },
      { type: 'text', text: 'Zoë 😀', checks: [{ start: 0, end: 3, isSupported: true, marks: [1] }] },
      { type: 'notice', name: 'length-limit' },
    ] as const;
    const usage = { inputTokens: 1, reusedTokens: 0, outputTokens: 2, timeToFirstTokenMs: 1.5, tokensPerSecond: null };
    await storage.messages.update(message.id, { parts, usage, status: 'complete' });
    expect(await storage.messages.get(message.id)).toEqual({ ...message, parts, usage, status: 'complete' });
  });

  it('marks only answers that were being written as interrupted', async () => {
    const conversation = buildConversation();
    const runId = createId(runIdSchema);
    const finished = buildMessage(conversation.id);
    const growing = buildMessage(conversation.id, { parentId: finished.id, status: 'streaming', runId });
    await storage.conversations.insert(conversation);
    await storage.messages.append(finished);
    await storage.messages.append(growing);
    expect(await storage.messages.interruptStreaming()).toBe(1);
    const [first, second] = await storage.messages.branch(growing.id);
    expect(first?.status).toBe('complete');
    expect(second).toMatchObject({ status: 'interrupted', runId: null, parts: growing.parts });
    expect(await storage.messages.interruptStreaming()).toBe(0);
  });
});
