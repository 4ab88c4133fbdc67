import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messageText } from '../../shared/message.ts';
import type { Message } from '../../shared/message.ts';
import {
  buildChatgptConversation,
  buildChatgptTurn,
  buildJanThread,
  buildLmStudioConversation,
  buildOpenWebuiChat,
  chatgptText,
} from '../../testing/build-exports.ts';
import { createInProcessExportLauncher } from '../../testing/in-process-export-launcher.ts';
import { openTransfer } from '../../testing/open-transfer.ts';
import type { TransferBench } from '../../testing/open-transfer.ts';
import { writeZip } from '../../testing/zip-writer.ts';

const said = (messages: readonly Message[]): readonly string[] =>
  messages.map((message) => `${message.role}: ${messageText(message)}`);

const reasoning = (messages: readonly Message[]) =>
  messages.flatMap(({ parts }) => parts.filter(({ type }) => type === 'reasoning'));

describe('an import', { timeout: 30_000 }, () => {
  let bench: TransferBench;
  beforeEach(async () => {
    bench = await openTransfer(createInProcessExportLauncher());
  });
  afterEach(async () => await bench.close());

  const shown = async () => {
    const [first] = await bench.everything();
    if (first === undefined) throw new Error('Nothing was stored.');
    return { ...first, branch: await bench.storage.messages.branch(first.conversation.tipId!) };
  };

  it('takes a tree of ChatGPT with its branches, without instructions and tools', async () => {
    const conversation = buildChatgptConversation({ current_node: 'a1' }, [
      { id: 'q', parent: 'system', role: 'user', content: chatgptText('How long?') },
      {
        id: 'hidden',
        parent: 'q',
        role: 'user',
        content: { content_type: 'user_editable_context', user_profile: 'x' },
      },
      {
        id: 't',
        parent: 'hidden',
        role: 'assistant',
        content: { content_type: 'thoughts', thoughts: [{ summary: 'Dough', content: 'Yeast.' }] },
        create_time: null,
      },
      {
        id: 'call',
        parent: 't',
        role: 'assistant',
        content: { content_type: 'code', language: 'python', text: 'search()' },
        recipient: 'browser',
      },
      { id: 'tool', parent: 'call', role: 'tool', content: { content_type: 'execution_output', text: '42' } },
      {
        id: 'a1',
        parent: 'tool',
        role: 'assistant',
        content: chatgptText('An hour.\ue200cite\ue202turn0search1\ue201'),
        metadata: { model_slug: 'gpt-5' },
      },
      {
        id: 'a2',
        parent: 'q',
        role: 'assistant',
        content: { content_type: 'multimodal_text', parts: ['Two.', { content_type: 'image_asset_pointer' }] },
        create_time: '1700000300',
      },
    ]);
    const report = await bench.take('conversations.json', JSON.stringify([conversation]));
    expect(report).toEqual({
      source: 'chatgpt',
      conversations: 1,
      messages: 3,
      skipped: [
        { reason: 'system-message', count: 3, examples: ['Bread'] },
        { reason: 'unsupported-part', count: 1, examples: ['Bread'] },
      ],
    });
    const { conversation: stored, branch, messages } = await shown();
    expect(stored).toMatchObject({
      title: 'Bread',
      titleOrigin: 'user',
      createdAt: 1_700_000_000_500,
      updatedAt: 1_700_000_900_000,
      isArchived: false,
    });
    expect(said(branch)).toEqual(['user: How long?', 'assistant: An hour.']);
    expect(reasoning(branch)).toEqual([{ type: 'reasoning', text: 'Dough\n\nYeast.' }]);
    expect(said(messages)).toEqual(['user: How long?', 'assistant: An hour.', 'assistant: Two.']);
    expect(branch.at(-1)?.modelName).toBe('gpt-5');
    expect(messages.at(-1)?.createdAt).toBe(1_700_000_300_000);
  });

  it('takes a chat of LM Studio with every version of an answer', async () => {
    const text = JSON.stringify(buildLmStudioConversation());
    const report = await bench.take('1725000000000.conversation.json', text);
    expect(report).toMatchObject({ source: 'lm-studio', conversations: 1, messages: 3 });
    expect(report.skipped.map(({ reason }) => reason).sort()).toEqual(['system-message', 'unsupported-part']);
    const { conversation, branch, messages } = await shown();
    expect(conversation).toMatchObject({ title: 'Bridges', isPinned: true, createdAt: 1_725_000_000_000 });
    // The instructions of another program are no setting here.
    expect(conversation.options.systemPrompt).toBeNull();
    expect(said(branch)).toEqual(['user: Why do arches stand?', 'assistant: Every stone leans on the next.']);
    expect(reasoning(branch)).toEqual([{ type: 'reasoning', text: 'Stones.' }]);
    expect(messages).toHaveLength(3);
    expect(branch[1]?.modelName).toBe('qwen3-4b');
  });

  it('takes a thread of Jan from its lines alone and from a folder in an archive', async () => {
    const { thread, lines } = buildJanThread();
    const jsonl = lines.map((line) => JSON.stringify(line)).join('\n');
    const archive = writeZip([
      { name: 'threads/one/messages.jsonl', content: jsonl },
      { name: 'threads/one/thread.json', content: JSON.stringify(thread) },
      { name: 'threads/empty/thread.json', content: JSON.stringify({ ...thread, id: 'other', title: 'Nothing' }) },
    ]);
    const report = await bench.take('threads.zip', archive);
    expect(report).toMatchObject({ source: 'jan', conversations: 1, messages: 4 });
    expect(report.skipped).toContainEqual({ reason: 'empty-conversation', count: 1, examples: ['Nothing'] });
    const { conversation, branch } = await shown();
    expect(conversation).toMatchObject({ title: 'Seeds', createdAt: 1_727_000_000_001 });
    expect(said(branch)).toEqual([
      'user: When do I sow peas?',
      'assistant: In March.',
      'user: And beans?',
      'assistant: In May.',
    ]);
    expect(reasoning(branch)).toHaveLength(2);
    // The same thread, without the file that has its title.
    const again = await bench.take('messages.jsonl', jsonl);
    expect(again).toMatchObject({
      source: 'jan',
      conversations: 0,
      skipped: [{ reason: 'already-imported', count: 1 }],
    });
  });

  it('takes chats of Open WebUI, new ones with their tree and old ones with their list', async () => {
    const flat = {
      id: 'old',
      title: 'Old',
      chat: {
        messages: [
          { role: 'system', content: 'Be kind.' },
          { role: 'user', content: 'Hi' },
          { role: 'assistant', content: 'Hello' },
        ],
      },
      created_at: 1_600_000_000,
    };
    const report = await bench.take('chats.json', JSON.stringify([buildOpenWebuiChat(), flat]));
    expect(report).toMatchObject({ source: 'open-webui', conversations: 2, messages: 5 });
    const { conversation, branch, messages } = await shown();
    expect(conversation).toMatchObject({ title: 'Rivers', isArchived: true });
    expect(said(branch)).toEqual(['user: Name a river.', 'assistant: The Elbe.']);
    expect(reasoning(branch)).toEqual([{ type: 'reasoning', text: 'Is a < b?', durationMs: 12_000 }]);
    expect(messages).toHaveLength(3);
    const [, old] = await bench.everything();
    expect(said(old?.messages ?? [])).toEqual(['user: Hi', 'assistant: Hello']);
  });

  it('takes the archive that ChatGPT sends, its other files left alone', async () => {
    const archive = writeZip([
      { name: 'user.json', content: '{"id":"user-1","email":"a@example.org"}' },
      { name: 'message_feedback.json', content: '[{"id":"1","rating":"up"}]' },
      { name: 'conversations-000.json', content: JSON.stringify([buildChatgptTurn('One?', 'One.')]) },
      {
        name: 'conversations-001.json',
        content: JSON.stringify([buildChatgptTurn('Two?', 'Two.', { id: 'b', conversation_id: 'b' })]),
      },
      { name: 'chat.html', content: '<html>' },
    ]);
    // Through the real process, which may read files and do nothing else.
    const real = await openTransfer();
    try {
      expect(await real.take('chatgpt.zip', archive)).toEqual({
        source: 'chatgpt',
        conversations: 2,
        messages: 4,
        skipped: [],
      });
    } finally {
      await real.close();
    }
  });

  // An archive is read from its end and in pieces, which a file that lies sealed must allow too.
  it('takes an archive that a browser uploaded', async () => {
    const archive = writeZip([
      { name: 'conversations.json', content: JSON.stringify([buildChatgptTurn('One?', 'One.')]) },
      { name: 'padding.json', content: JSON.stringify({ text: randomBytes(200_000).toString('hex') }) },
    ]);
    expect(await bench.upload('chatgpt.zip', archive)).toMatchObject({ conversations: 1, messages: 2 });
  });

  // Two windows that import the same file at the same time would each find nothing of it here.
  it('takes a file once when it is imported twice at the same time', async () => {
    const text = JSON.stringify([buildChatgptTurn('One?', 'One.')]);
    const reports = await Promise.all(['a.json', 'b.json'].map((name) => bench.take(name, text)));
    expect(reports.map(({ conversations }) => conversations).toSorted((a, b) => a - b)).toEqual([0, 1]);
    expect(await bench.everything()).toHaveLength(1);
  });

  it('takes nothing twice, and takes again what was deleted', async () => {
    const text = JSON.stringify([buildChatgptTurn('One?', 'One.')]);
    await bench.take('conversations.json', text);
    expect(await bench.take('conversations.json', text)).toMatchObject({
      conversations: 0,
      skipped: [{ reason: 'already-imported', count: 1, examples: ['Bread'] }],
    });
    for (const round of [1, 2]) {
      const { conversation } = await shown();
      await bench.storage.conversations.remove(conversation.id);
      expect(await bench.take('conversations.json', text), `round ${round}`).toMatchObject({ conversations: 1 });
      expect(said((await shown()).branch)).toEqual(['user: One?', 'assistant: One.']);
    }
  });

  // Each of these was a way to lose the whole import, or to hang.
  it('leaves out conversations that are broken, empty or too large, and takes the others', async () => {
    const nodes = (about: object, mapping: object) => ({ title: 'Odd', ...about, mapping });
    const node = (id: string, parent: string | null) => ({
      id,
      parent,
      children: [],
      message: { author: { role: 'user' }, content: chatgptText(`Text of ${id}`), create_time: 'soon' },
    });
    const items = [
      nodes({ id: 'circle', title: 'Circle' }, { a: node('a', 'b'), b: node('b', 'a') }),
      nodes({ id: 'self', title: 'Self' }, { a: node('a', 'a') }),
      nodes({ id: 'orphan', title: 'Orphan', current_node: 'gone' }, { a: node('a', 'nowhere'), b: node('b', 'a') }),
      nodes({ id: 'none', title: 'None' }, {}),
      buildChatgptTurn('x'.repeat(2_000_001), '', { id: 'huge', conversation_id: 'huge', title: 'Huge' }),
      null,
      'text',
      { title: 'Stranger' },
      nodes({ id: 'strange', title: 'Strange' }, { a: 1, b: { message: { author: 7, content: [] } }, c: null }),
      buildChatgptTurn('nul \u0000 and \ud800 half', 'Ok.', {
        id: 'nul',
        conversation_id: 'nul',
        title: '\ud83d\u0000',
      }),
      buildChatgptTurn('Good?', 'Good.', { id: 'good', conversation_id: 'good', title: 't'.repeat(5_000) }),
    ];
    const deep = `{"title":"Deep","mapping":${'{"a":'.repeat(300)}1${'}'.repeat(300)}}`;
    const text = `[${items.map((item) => JSON.stringify(item)).join(',')},${deep}]`;
    const report = await bench.take('conversations.json', text);
    expect(report).toMatchObject({ source: 'chatgpt', conversations: 3 });
    const counts = Object.fromEntries(report.skipped.map(({ reason, count }) => [reason, count]));
    expect(counts).toEqual({ 'broken-conversation': 6, 'empty-conversation': 2, 'too-large': 1 });
    const stored = await bench.everything();
    expect(stored.map(({ conversation }) => conversation.title.length).sort((a, b) => a - b)).toEqual([2, 6, 200]);
    const odd = stored.find(({ messages }) => said(messages)[0]?.startsWith('user: nul'));
    expect(said(odd?.messages ?? [])[0]).toBe('user: nul \ufffd and \ufffd half');
  });

  it('takes a conversation of 12,000 turns in one line without overflowing', async () => {
    const mapping = Object.fromEntries(
      Array.from({ length: 12_000 }, (_, at) => [
        `n${at}`,
        {
          parent: at === 0 ? null : `n${at - 1}`,
          message: { author: { role: at % 2 ? 'assistant' : 'user' }, content: chatgptText(`${at}`) },
        },
      ]),
    );
    const report = await bench.take('conversations.json', JSON.stringify([{ title: 'Long', mapping, id: 'long' }]));
    expect(report).toMatchObject({ conversations: 1, messages: 12_000 });
  });
});
