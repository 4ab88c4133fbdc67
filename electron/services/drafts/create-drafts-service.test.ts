import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyDraft } from '../../shared/draft.ts';
import { collectionIdSchema, conversationIdSchema, createId } from '../../shared/ids.ts';
import type { Storage } from '../../storage/storage.ts';
import { buildConversation } from '../../testing/build-records.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import { createDraftsService } from './create-drafts-service.ts';
import type { DraftsService } from './drafts-service.ts';

let storage: Storage;
let drafts: DraftsService;
beforeEach(async () => {
  storage = await openTestStorage();
  drafts = createDraftsService({ storage });
});
afterEach(() => storage.close());

const draftOf = (text: string) => ({ ...emptyDraft, text });

describe('createDraftsService', () => {
  it('keeps one draft for each conversation and one for a new chat', async () => {
    const { id } = buildConversation();
    await storage.conversations.insert(buildConversation({ id }));
    const waiting = { ...draftOf('Half a'), queue: [{ text: 'next', choice: 'local' }] } as const;
    await drafts.put(id, waiting);
    await drafts.put('new-chat', draftOf('Other'));
    expect(await drafts.get(id)).toEqual(waiting);
    expect(await drafts.get('new-chat')).toEqual(draftOf('Other'));
    await drafts.put('new-chat', emptyDraft);
    expect(await drafts.get('new-chat')).toEqual(emptyDraft);
    expect(await storage.drafts.get('new-chat')).toBeNull();
  });

  it('keeps a draft that has chosen a collection and no word yet', async () => {
    const chosen = { ...emptyDraft, collectionIds: [createId(collectionIdSchema)] };
    await drafts.put('new-chat', chosen);
    expect(await storage.drafts.get('new-chat')).toEqual(chosen);
  });

  // What a person typed last must win, however many writes are under way.
  it('ends with the text that was put last', async () => {
    await Promise.all(['a', 'ab', 'abc', ''].map((text) => drafts.put('new-chat', draftOf(text))));
    expect(await drafts.get('new-chat')).toEqual(emptyDraft);
    await Promise.all(['a', 'ab', 'abc'].map((text) => drafts.put('new-chat', draftOf(text))));
    expect((await drafts.get('new-chat')).text).toBe('abc');
  });

  it('refuses a conversation that is not there, and goes on with the next draft', async () => {
    const id = createId(conversationIdSchema);
    await expect(drafts.put(id, draftOf('x'))).rejects.toMatchObject({ code: 'app/not-found' });
    await expect(drafts.get(id)).rejects.toMatchObject({ code: 'app/not-found' });
    await drafts.put('new-chat', draftOf('y\ud800'));
    expect((await drafts.get('new-chat')).text).toBe('y\ufffd');
  });
});
