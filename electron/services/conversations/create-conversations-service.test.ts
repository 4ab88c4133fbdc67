import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectionIdSchema, conversationIdSchema, createId } from '../../shared/ids.ts';
import type { Storage } from '../../storage/storage.ts';
import { buildDocument, buildMessage } from '../../testing/build-records.ts';
import { createFakeClock, settle } from '../../testing/fake-clock.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import { createConversationsService, titleLimit } from './create-conversations-service.ts';
import type { ConversationsService } from './conversations-service.ts';
import { changePauseMs } from './tell-changes.ts';

const clock = createFakeClock();
let storage: Storage;
let conversations: ConversationsService;
beforeEach(async () => {
  storage = await openTestStorage({ clock });
  const recorder = { stopGrowing: async () => Promise.resolve() };
  conversations = createConversationsService({ storage, recorder, clock });
});
afterEach(() => storage.close());

describe('createConversationsService', () => {
  it('tells watchers of a title that a model wrote, of many changes at once, and ends with the service', async () => {
    // Catches the title that comes seconds after the answer and stays unseen until something else is asked for.
    const { id } = await conversations.create({ documentIds: [] });
    const heard: number[] = [];
    const over = (async () => {
      for await (const revision of conversations.watchChanges(new AbortController().signal)) heard.push(revision);
    })();
    await settle();
    expect(heard).toHaveLength(1);
    await conversations.offerTitle(id, 'Boats');
    await settle();
    await clock.advance(changePauseMs);
    expect(heard).toHaveLength(2);
    for (const title of ['a', 'b', 'c', 'd']) await conversations.rename(id, title);
    await settle();
    await clock.advance(changePauseMs);
    expect(heard).toHaveLength(3);
    conversations.close();
    await over;
  });

  it('keeps what a person wants to see of an answer, and nothing for one in which nothing was noticed', async () => {
    const { id } = await conversations.create({ documentIds: [] });
    const text = { type: 'text', text: 'Mix it.' } as const;
    const screening = { type: 'screening', findings: [{ kind: 'harmful', start: 0, end: 3 }] } as const;
    const plain = buildMessage(id, { role: 'assistant', parts: [text] });
    const noticed = buildMessage(id, { role: 'assistant', parts: [text, screening], parentId: plain.id });
    for (const message of [plain, noticed]) await storage.messages.append(message);
    for (const { id: answerId } of [plain, noticed])
      await conversations.allowFindings(answerId, ['harmful', 'harmful']);
    expect((await storage.messages.get(plain.id))?.parts).toEqual([text]);
    const kept = [text, { ...screening, allowed: ['harmful'] }];
    expect((await storage.messages.get(noticed.id))?.parts).toEqual(kept);
    // One that grows is written by whoever lets it grow.
    await storage.messages.update(noticed.id, { status: 'streaming' });
    await conversations.allowFindings(noticed.id, []);
    expect((await storage.messages.get(noticed.id))?.parts).toEqual(kept);
  });

  it('opens a new conversation with its documents and no messages', async () => {
    const { document, passages } = buildDocument(['One']);
    await storage.documents.insert(document, passages);
    const documentIds = [document.description.id];
    const conversation = await conversations.create({ documentIds });
    expect(conversation).toMatchObject({ title: '', tipId: null, documentIds, createdAt: clock.now() });
    expect(await conversations.open(conversation.id)).toEqual({ conversation, messages: [] });
    const scope = { documentIds: [], collectionIds: [createId(collectionIdSchema)] };
    expect(await conversations.setScope(conversation.id, scope)).toMatchObject(scope);
  });

  it('opens the shown branch, and the same one after a removal is undone', async () => {
    const { id } = await conversations.create({ documentIds: [] });
    const question = buildMessage(id);
    const hidden = buildMessage(id, { parentId: question.id, role: 'assistant' });
    const shown = buildMessage(id, { parentId: question.id, role: 'assistant' });
    for (const message of [question, hidden, shown]) await storage.messages.append(message);
    expect((await conversations.open(id)).messages).toEqual([question, shown]);
    await conversations.remove(id);
    expect(await conversations.list()).toEqual([]);
    await expect(conversations.open(id)).rejects.toMatchObject({ code: 'app/not-found' });
    expect((await conversations.restore(id)).tipId).toBe(shown.id);
    expect((await conversations.open(id)).messages).toEqual([question, shown]);
  });

  it('tidies a title, and keeps the old one when the new one is blank', async () => {
    const { id } = await conversations.create({ documentIds: [] });
    expect((await conversations.rename(id, '  Two\n lines\t here ')).title).toBe('Two lines here');
    expect((await conversations.rename(id, ' \n ')).title).toBe('Two lines here');
    const long = (await conversations.rename(id, `${'x'.repeat(titleLimit - 1)}😀`)).title;
    expect(long).toBe('x'.repeat(titleLimit - 1));
  });

  it('throws app/not-found for every call on a conversation that is not there', async () => {
    const id = createId(conversationIdSchema);
    const calls = [
      () => conversations.open(id),
      () => conversations.rename(id, 'x'),
      () => conversations.rename(id, ''),
      () => conversations.setScope(id, { documentIds: [], collectionIds: [] }),
      () => conversations.remove(id),
      () => conversations.restore(id),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'app/not-found' });
  });
});
