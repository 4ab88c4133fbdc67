import Database from 'better-sqlite3-multiple-ciphers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { load } from 'sqlite-vec';
import { createId, messageIdSchema } from '../shared/ids.ts';
import type { Conversation } from '../shared/conversation.ts';
import type { Message } from '../shared/message.ts';
import { buildConversation, buildMessage } from '../testing/build-records.ts';
import { openTestStorage } from '../testing/open-test-storage.ts';
import type { Storage } from './storage.ts';
import { selectMessageHits } from './worker/message-search-operations.ts';
import { migrate } from './worker/migrate.ts';
import { migrations } from './worker/migrations.ts';

// One thread for all tests: what is deleted is as if it were not there.
let storage: Storage;
beforeAll(async () => {
  storage = await openTestStorage();
});
afterEach(async () => {
  for (const { id } of await storage.conversations.list()) await storage.conversations.remove(id);
});
afterAll(() => storage.close());

async function startConversation(change: Partial<Conversation> = {}): Promise<Conversation> {
  const conversation = buildConversation({ title: '', ...change });
  await storage.conversations.insert(conversation);
  return conversation;
}

async function say(conversation: Conversation, text: string, change: Partial<Message> = {}): Promise<Message> {
  const message = buildMessage(conversation.id, { parts: [{ type: 'text', text }], ...change });
  await storage.messages.append(message);
  return message;
}

async function textsFor(query: string): Promise<readonly string[]> {
  return (await storage.messages.search(query, 50)).hits.map(({ snippet }) => snippet);
}

describe('MessageRepository.search', () => {
  it('does not know the words of what is hidden until a person wants to see it', async () => {
    // Catches a search that tells, word by word, what an answer says that nobody was shown.
    const conversation = await startConversation();
    const text = 'Mix the walrus powder.';
    const screening = { type: 'screening', findings: [{ kind: 'harmful', start: 0, end: 3 }] } as const;
    const parts = [{ type: 'text', text }, screening] as const;
    const { id } = await say(conversation, '', { role: 'assistant', parts });
    expect(await textsFor('walrus')).toEqual([]);
    expect(await storage.messages.searchBranch(id, 'walrus')).toEqual([]);
    await storage.messages.update(id, {
      parts: [
        { type: 'text', text },
        { ...screening, allowed: ['harmful'] },
      ],
    });
    expect(await textsFor('walrus')).toEqual([text]);
    expect(await storage.messages.searchBranch(id, 'walrus')).toEqual([id]);
    await storage.messages.update(id, { parts: [...parts] });
    expect(await textsFor('walrus')).toEqual([]);
  });

  it('wants every word, the last one as a beginning, whatever the case and the accents', async () => {
    const conversation = await startConversation();
    const texts = ['The café in Köln', 'A cafe\u0301 on Straße 5', 'Köln has no walrus', '我住在北京大学'];
    for (const text of texts) await say(conversation, text);
    expect(await textsFor('koln CAFE')).toEqual([texts[0]]);
    expect(await textsFor('café strasse')).toEqual([texts[1]]);
    expect(await textsFor('koln wal')).toEqual([texts[2]]);
    expect(await textsFor('wal koln')).toEqual([]);
    expect(await textsFor('"in Köln"')).toEqual([texts[0]]);
    expect(await textsFor('"Köln in"')).toEqual([]);
    expect(await textsFor('京大')).toEqual([texts[3]]);
    expect(await textsFor('大京')).toEqual([]);
  });

  // Each of these is an operator, a column, a command or a broken query to SQLite.
  it('takes the signs and words of query languages as words and does not fail', async () => {
    await say(await startConversation(), 'a zebra');
    for (const query of ['^zebra', 'zebra*', '"zebra', "zebra'", '- zebra +', '{zebra}:', '-zebra', 'zebra;--']) {
      expect(await textsFor(query), `${query} finds`).toEqual(['a zebra']);
    }
    for (const query of ['NOT zebra', 'zebra OR', 'zebra AND a', 'words:zebra', 'NEAR(zebra', 'a NOT b']) {
      expect(await textsFor(query), `${query} finds`).toEqual([]);
    }
  });

  it('has nothing for a query without words, and survives signs that no text should have', async () => {
    await say(await startConversation(), 'walrus \0 \ud800 \udfff zebra');
    for (const query of ['', ' \n', '***', '"', '""', '\0', '\ud800']) expect(await textsFor(query)).toEqual([]);
    expect(await textsFor('zebra\0wal')).toEqual([]);
    expect(await textsFor('walrus "zebra"\ud800')).toHaveLength(1);
    expect(await textsFor('x'.repeat(1_000_000))).toEqual([]);
    expect(await textsFor('walrus '.repeat(100_000))).toHaveLength(1);
  });

  it('lists the newest first by the time they were written, imports among the others, and says when there are more', async () => {
    const conversation = await startConversation();
    for (const createdAt of [3_000, 1_000, 9_000, 3_000]) await say(conversation, `walrus ${createdAt}`, { createdAt });
    const imported = buildConversation({ title: 'Walrus letters', createdAt: 1, updatedAt: 5_000 });
    const old = buildMessage(imported.id, { parts: [{ type: 'text', text: 'walrus 2000' }], createdAt: 2_000 });
    await storage.messages.insertConversation(imported, [old]);
    const expected = ['walrus 9000', 'Walrus letters', 'walrus 3000', 'walrus 3000', 'walrus 2000', 'walrus 1000'];
    expect(await textsFor('walrus')).toEqual(expected);
    const cut = await storage.messages.search('walrus', 3);
    expect(cut.hits.map(({ snippet }) => snippet)).toEqual(expected.slice(0, 3));
    expect(cut.hasMore).toBe(true);
    expect((await storage.messages.search('walrus', 6)).hasMore).toBe(false);
  });

  // The places of one second run out: an import without times puts all its messages at one.
  it('keeps thousands of messages of the very same time apart', async () => {
    const conversation = buildConversation();
    const messages = Array.from({ length: 5_000 }, (_, index) =>
      buildMessage(conversation.id, { parts: [{ type: 'text', text: `number${index}` }], createdAt: 1_000 }),
    );
    await storage.messages.insertConversation(conversation, messages);
    await say(await startConversation(), 'number next', { createdAt: 2_000 });
    await say(await startConversation(), 'number farAway', { createdAt: Number.MAX_SAFE_INTEGER });
    for (const text of ['number0', 'number4095', 'number4096', 'number4999']) {
      expect(await textsFor(`"${text}"`)).toEqual([text]);
    }
    expect(await textsFor('number next')).toHaveLength(1);
    expect(await textsFor('number farAway')).toHaveLength(1);
  });

  it('tells where a hit is, and marks what matches', async () => {
    const conversation = await startConversation({ title: 'About walruses', titleOrigin: 'user', isArchived: true });
    const message = await say(conversation, 'Two walruses\n\nslept.', { role: 'assistant', createdAt: 7 });
    const { hits } = await storage.messages.search('walrus', 10);
    expect(hits).toContainEqual({
      conversationId: conversation.id,
      conversationTitle: 'About walruses',
      isArchived: true,
      messageId: message.id,
      role: 'assistant',
      createdAt: 7,
      snippet: 'Two walruses slept.',
      matches: [{ start: 4, end: 12 }],
    });
    expect(hits).toContainEqual(expect.objectContaining({ messageId: null, role: null, snippet: 'About walruses' }));
  });

  it('finds what is said, not what was thought, attached or cited', async () => {
    const conversation = await startConversation();
    const parts = [
      { type: 'reasoning', text: 'walrus' },
      { type: 'attachment', documentId: createId(messageIdSchema) as never, name: 'walrus.txt' },
      { type: 'text', text: 'zebra' },
      { type: 'text', text: 'crossing' },
    ] as const;
    await storage.messages.append(buildMessage(conversation.id, { parts }));
    expect(await textsFor('walrus')).toEqual([]);
    expect(await textsFor('zebra crossing')).toEqual(['zebra crossing']);
  });

  it('finds an answer when it has ended, however it ended, and always by its last words', async () => {
    const conversation = await startConversation();
    const growing = { role: 'assistant', status: 'streaming' } as const;
    const completed = await say(conversation, 'alpha', growing);
    const cutShort = await say(conversation, 'beta', growing);
    const parts = [{ type: 'text', text: 'alpha gamma' }] as const;
    await storage.messages.update(completed.id, { parts });
    expect(await textsFor('alpha')).toEqual([]);
    await storage.messages.update(completed.id, { status: 'complete' });
    expect(await textsFor('alpha')).toEqual(['alpha gamma']);
    await storage.messages.interruptStreaming();
    expect(await textsFor('beta')).toEqual(['beta']);
    // Continued: what it was stays findable, and what it becomes replaces it.
    await storage.messages.update(cutShort.id, { status: 'streaming' });
    await storage.messages.update(cutShort.id, { status: 'stopped', parts: [{ type: 'text', text: 'delta' }] });
    expect(await textsFor('beta')).toEqual([]);
    expect(await textsFor('delta')).toEqual(['delta']);
    await storage.messages.update(cutShort.id, { modelName: 'Small' });
    expect(await textsFor('delta')).toEqual(['delta']);
  });

  it('never shows what was deleted, shows it again after an undo, and follows a new title', async () => {
    const conversation = await startConversation({ title: 'Walrus' });
    await say(conversation, 'walrus again');
    await storage.conversations.remove(conversation.id);
    expect(await textsFor('walrus')).toEqual([]);
    await storage.conversations.restore(conversation.id);
    expect(await textsFor('walrus')).toHaveLength(2);
    await storage.conversations.update(conversation.id, { title: 'Zebra' });
    expect(await textsFor('walrus')).toEqual(['walrus again']);
    expect(await textsFor('zebra')).toEqual(['Zebra']);
  });

  // Without it, every match of a common word is read and sorted before the first is shown.
  it('reads its hits from the index newest first, so that the limit ends the reading', () => {
    const database = new Database(':memory:');
    load(database);
    migrate(database, migrations);
    const plan = JSON.stringify(database.prepare(`EXPLAIN QUERY PLAN ${selectMessageHits}`).all('"a"', 1));
    database.close();
    expect(plan).not.toContain('TEMP B-TREE');
    expect(plan).toMatch(/SCAN message_words VIRTUAL TABLE.*SEARCH m USING INDEX.*SEARCH c USING INDEX/);
  });
});

describe('MessageRepository.searchBranch', () => {
  it('finds only in the branch, in reading order, with the answer that is being written', async () => {
    const conversation = await startConversation({ title: 'Walrus' });
    // The clock went back between the question and its answer.
    const question = await say(conversation, 'A walrus?', { createdAt: 50_000 });
    const other = await say(conversation, 'Another walrus', { parentId: question.id });
    const answer = await say(conversation, 'Wälrus 海象!', { parentId: question.id, createdAt: 40_000 });
    const silent = await say(conversation, 'Thank you', { parentId: answer.id });
    const growing = await say(conversation, 'The walrus gro', { parentId: silent.id, status: 'streaming' });
    await say(await startConversation(), 'walrus elsewhere');
    const find = (query: string) => storage.messages.searchBranch(growing.id, query);
    expect(await find('walrus')).toEqual([question.id, answer.id, growing.id]);
    expect(await find('walrus gro')).toEqual([growing.id]);
    expect(await find('"wal')).toEqual([question.id, answer.id, growing.id]);
    expect(await find('海')).toEqual([answer.id]);
    expect(await find('walrus elsewhere')).toEqual([]);
    expect(await find('?')).toEqual([]);
    expect(await storage.messages.searchBranch(other.id, 'walrus')).toEqual([question.id, other.id]);
    expect(await storage.messages.searchBranch(createId(messageIdSchema), 'walrus')).toEqual([]);
  });
});
