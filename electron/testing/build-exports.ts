// Exports of other programs, in the shapes that they really have; give what the test is about.

type Node = {
  readonly id: string;
  readonly parent: string | null;
  readonly role: string;
  readonly content: object;
  readonly metadata?: object;
  readonly recipient?: string;
  readonly create_time?: number | string | null;
};

/** A content of ChatGPT's kind `text`. */
export const chatgptText = (...parts: readonly unknown[]): object => ({ content_type: 'text', parts });

/** A conversation of ChatGPT: its root without a message, an empty instruction, then the given nodes. */
export function buildChatgptConversation(change: object, nodes: readonly Node[]): object {
  const begin: readonly Node[] = [
    { id: 'system', parent: 'root', role: 'system', content: chatgptText(''), create_time: null },
  ];
  const all = [...begin, ...nodes];
  const childrenOf = (id: string): readonly string[] =>
    all.filter(({ parent }) => parent === id).map((node) => node.id);
  const mapping = Object.fromEntries(
    all.map(({ id, parent, role, content, metadata = {}, recipient = 'all', create_time = 1_700_000_100.25 }) => [
      id,
      {
        id,
        message: {
          id,
          author: { role, name: null, metadata: {} },
          create_time,
          update_time: null,
          content,
          status: 'finished_successfully',
          end_turn: true,
          weight: 1,
          metadata,
          recipient,
        },
        parent,
        children: childrenOf(id),
      },
    ]),
  );
  return {
    title: 'Bread',
    create_time: 1_700_000_000.5,
    update_time: 1_700_000_900,
    mapping: { root: { id: 'root', message: null, parent: null, children: ['system'] }, ...mapping },
    moderation_results: [],
    current_node: all.at(-1)?.id ?? null,
    conversation_id: '6553f100-0000-8000-8000-000000000001',
    id: '6553f100-0000-8000-8000-000000000001',
    is_archived: false,
    ...change,
  };
}

/** A question and its answer in ChatGPT. */
export function buildChatgptTurn(question: string, answer: string, change: object = {}): object {
  return buildChatgptConversation(change, [
    { id: 'q', parent: 'system', role: 'user', content: chatgptText(question) },
    { id: 'a', parent: 'q', role: 'assistant', content: chatgptText(answer), metadata: { model_slug: 'gpt-5' } },
  ]);
}

/** A `*.conversation.json` of LM Studio: one question, an answer in two versions of which the second is shown. */
export function buildLmStudioConversation(change: object = {}): object {
  const answer = (text: string, thinking: string): object => ({
    type: 'multiStep',
    role: 'assistant',
    senderInfo: { senderName: 'qwen3-4b' },
    steps: [
      {
        type: 'contentBlock',
        stepIdentifier: '1-0.1',
        content: [{ type: 'text', text: thinking }],
        style: { type: 'thinking', ended: true, title: 'Thought for 2 seconds' },
        genInfo: { identifier: 'qwen3-4b', indexedModelIdentifier: 'qwen/qwen3-4b', stats: { stopReason: 'eosFound' } },
      },
      { type: 'contentBlock', stepIdentifier: '1-0.2', content: [{ type: 'text', text }] },
      { type: 'debugInfoBlock', stepIdentifier: '1-0.3', debugInfo: 'Conversation naming technique: prompt' },
    ],
  });
  return {
    name: 'Bridges',
    pinned: true,
    createdAt: 1_725_000_000_000,
    preset: '',
    tokenCount: 42,
    systemPrompt: 'Answer briefly.',
    messages: [
      {
        versions: [
          {
            type: 'singleStep',
            role: 'user',
            content: [
              { type: 'text', text: 'Why do arches stand?' },
              { type: 'file', fileIdentifier: '1.png', fileType: 'image', sizeBytes: 10 },
            ],
          },
        ],
        currentlySelected: 0,
      },
      {
        versions: [answer('They push.', 'Hm.'), answer('Every stone leans on the next.', 'Stones.')],
        currentlySelected: 1,
      },
    ],
    usePerChatPredictionConfig: true,
    perChatPredictionConfig: { fields: [{ key: 'llm.prediction.systemPrompt', value: 'Answer briefly.' }] },
    ...change,
  };
}

/** The two files of a thread of Jan. */
export function buildJanThread(id = '01J8ZK4W9Q'): { readonly thread: object; readonly lines: readonly object[] } {
  const line = (number: number, role: string, content: readonly object[]): object => ({
    id: `${id}-${number}`,
    object: 'thread.message',
    thread_id: id,
    role,
    content,
    status: 'ready',
    created_at: 1_727_000_000_000 + number,
    completed_at: 1_727_000_000_000 + number,
    metadata: {},
  });
  const text = (value: string, type = 'text'): object => ({ type, text: { value, annotations: [] } });
  return {
    thread: { id, object: 'thread', title: 'Seeds', created: 1_727_000_000, updated: 1_727_000_100, metadata: {} },
    lines: [
      line(1, 'user', [text('When do I sow peas?')]),
      line(2, 'assistant', [text('Early.', 'reasoning'), text('In March.')]),
      line(3, 'user', [text('And beans?'), { type: 'image_url', image_url: { url: 'file://x.png' } }]),
      line(4, 'assistant', [text('<think>Frost.</think>In May.')]),
    ],
  };
}

/** A chat of Open WebUI with two answers to one question, the first of which is shown. */
export function buildOpenWebuiChat(change: object = {}): object {
  const message = (id: string, parentId: string | null, role: string, content: string, childrenIds: string[]) => ({
    id,
    parentId,
    childrenIds,
    role,
    content,
    timestamp: 1_731_000_000,
    ...(role === 'assistant' ? { model: 'llama3:8b', modelName: 'llama3:8b', done: true } : { models: ['llama3:8b'] }),
  });
  const thought =
    '<details type="reasoning" done="true" duration="12">\n<summary>Thought for 12 seconds</summary>\n> Is a &lt; b?\n</details>\n';
  const messages = {
    q: message('q', null, 'user', 'Name a river.', ['a', 'b']),
    a: message('a', 'q', 'assistant', `${thought}The Elbe.`, []),
    b: message('b', 'q', 'assistant', 'The Oder.', []),
  };
  return {
    id: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    user_id: 'u',
    title: 'Rivers',
    chat: {
      id: '',
      title: 'Rivers',
      models: ['llama3:8b'],
      params: {},
      history: { messages, currentId: 'a' },
      messages: [messages.q, messages.a],
      tags: [],
      timestamp: 1_731_000_000_000,
      files: [],
    },
    updated_at: 1_731_000_500,
    created_at: 1_731_000_000,
    share_id: null,
    archived: true,
    pinned: false,
    meta: {},
    folder_id: null,
    ...change,
  };
}
