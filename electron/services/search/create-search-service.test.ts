import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { conversationIdSchema, createId } from '../../shared/ids.ts';
import { createPrivateLayer } from '../../storage/private-layer.ts';
import type { Storage } from '../../storage/storage.ts';
import { buildConversation, buildMessage } from '../../testing/build-records.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import { createSearchService } from './create-search-service.ts';
import type { SearchService } from './search-service.ts';

let storage: Storage;
let search: SearchService;
beforeEach(async () => {
  storage = createPrivateLayer(await openTestStorage(), () => openTestStorage());
  search = createSearchService({ storage });
});
afterEach(() => storage.close());

async function talk(text: string, isPrivate = false) {
  const conversation = buildConversation({ isPrivate });
  await storage.conversations.insert(conversation);
  const message = buildMessage(conversation.id, { parts: [{ type: 'text', text }] });
  await storage.messages.append(message);
  return { conversationId: conversation.id, messageId: message.id };
}

describe('createSearchService', () => {
  it('finds what was said, and nothing of private conversations', async () => {
    const open = await talk('The café closes at nine.');
    await talk('The café of my secret.', true);
    const { hits, hasMore } = await search.find({ query: 'cafe clos', limit: 10 });
    expect(hits.map(({ messageId }) => messageId)).toEqual([open.messageId]);
    expect(hasMore).toBe(false);
  });

  it('finds in a private conversation when it is asked for that one', async () => {
    const { conversationId, messageId } = await talk('The café of my secret.', true);
    expect(await search.inConversation({ conversationId, query: 'secr' })).toEqual([messageId]);
    expect(await search.inConversation({ conversationId, query: 'nothing' })).toEqual([]);
  });

  it('finds an answer that is hidden by none of its words, until a person chose to see it', async () => {
    // Catches the hidden answer whose words can be asked for one by one, or read in the list of what was found.
    const { conversationId, messageId } = await talk('Mix the powder.');
    const findings = [{ kind: 'harmful', start: 0, end: 3 }] as const;
    const text = { type: 'text', text: 'Mix the powder.' } as const;
    await storage.messages.update(messageId, { parts: [text, { type: 'screening', findings }] });
    expect((await search.find({ query: 'powder', limit: 10 })).hits).toEqual([]);
    expect(await search.inConversation({ conversationId, query: 'powder' })).toEqual([]);
    await storage.messages.update(messageId, { parts: [text, { type: 'screening', findings, allowed: ['harmful'] }] });
    expect((await search.find({ query: 'powder', limit: 10 })).hits).toMatchObject([{ snippet: 'Mix the powder.' }]);
    expect(await search.inConversation({ conversationId, query: 'powder' })).toEqual([messageId]);
  });

  it('shows no address that would carry data, and no sign that nobody sees', async () => {
    const told = 'See https://x.example/?q=secret for the pow\u200bder.';
    const { messageId } = await talk(told);
    const link = told.indexOf('https');
    const findings = [
      { kind: 'link-carries-data', start: link, end: told.indexOf(' for') },
      { kind: 'hidden-characters', start: told.indexOf('\u200b'), end: told.indexOf('\u200b') + 1 },
    ] as const;
    await storage.messages.update(messageId, {
      parts: [
        { type: 'text', text: told },
        { type: 'screening', findings },
      ],
    });
    expect((await search.find({ query: 'see', limit: 10 })).hits).toMatchObject([{ snippet: 'See … for the powder.' }]);
  });

  // Half a surrogate pair comes from a text that was cut while it was typed.
  it.each(['', ' \n ', '\ud800', '"', '* OR NEAR('])('finds nothing for %j and does not fail', async (query) => {
    const { conversationId } = await talk('Some text');
    expect(await search.find({ query, limit: 10 })).toEqual({ hits: [], hasMore: false });
    expect(await search.inConversation({ conversationId, query })).toEqual([]);
  });

  it('refuses an unknown conversation', async () => {
    const conversationId = createId(conversationIdSchema);
    await expect(search.inConversation({ conversationId, query: 'x' })).rejects.toMatchObject({
      code: 'app/not-found',
    });
  });
});
