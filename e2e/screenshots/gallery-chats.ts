import type { AnswerPart } from '../../electron/shared/answer-part.ts';
import { conversationOptionsSchema } from '../../electron/shared/conversation.ts';
import type { Conversation, MessageOutline } from '../../electron/shared/conversation.ts';
import { conversationIdSchema, createId, messageIdSchema, runIdSchema } from '../../electron/shared/ids.ts';
import type { MessageId, RunId } from '../../electron/shared/ids.ts';
import { messageText } from '../../electron/shared/message.ts';
import type { Message } from '../../electron/shared/message.ts';
import { matchesQuery, parseSearchQuery } from '../../electron/shared/search-query.ts';
import { manualAnswer } from './gallery-texts.ts';

const thousand = 1_000;
const streamedLines = 3_000;

const createConversation = (title: string): Conversation => ({
  id: createId(conversationIdSchema),
  title,
  titleOrigin: 'user',
  tipId: null,
  documentIds: [],
  collectionIds: [],
  folderId: null,
  isPinned: false,
  isArchived: false,
  isPrivate: false,
  isLocalOnly: false,
  options: conversationOptionsSchema.parse({}),
  createdAt: Date.now(),
  updatedAt: Date.now(),
});

export const thousandChat = createConversation('A thousand messages');
export const forkedChat = createConversation('Three ways to say it');
export const streamedChat = createConversation('A very long answer');
export const streamedRun: RunId = createId(runIdSchema);

function createMessage(in_: Conversation, parentId: MessageId | null, role: Message['role'], text: string): Message {
  const isAnswer = role === 'assistant';
  return {
    id: createId(messageIdSchema),
    conversationId: in_.id,
    parentId,
    role,
    parts: text === '' ? [] : [{ type: 'text', text }],
    status: 'complete',
    runId: null,
    modelName: isAnswer ? 'SmolLM2 135M Instruct' : null,
    route: isAnswer ? { zone: 'local', reason: 'only-local-models' } : null,
    usage: isAnswer
      ? { inputTokens: 412, reusedTokens: 380, outputTokens: 164, timeToFirstTokenMs: 420, tokensPerSecond: 21.4 }
      : null,
    error: null,
    createdAt: Date.now(),
  };
}

/** Questions and answers of many lengths, as a long chat has them; every seventh answer is a whole page. */
function thousandMessages(): readonly Message[] {
  const messages: Message[] = [];
  for (let index = 0; index < thousand; index += 1) {
    const isAnswer = index % 2 === 1;
    const text = !isAnswer
      ? `Question ${index}: what about part ${index}?`
      : index % 7 === 0
        ? `Answer ${index}.\n\n${manualAnswer}`
        : `Answer ${index}. It depends on the **flour** and on the time of the year. See \`part ${index}\`.`;
    messages.push(createMessage(thousandChat, messages.at(-1)?.id ?? null, isAnswer ? 'assistant' : 'user', text));
  }
  return messages;
}

function forkedMessages(): readonly Message[] {
  const ask = (parentId: MessageId | null, text: string): Message => createMessage(forkedChat, parentId, 'user', text);
  const answer = (question: Message, text: string): Message =>
    createMessage(forkedChat, question.id, 'assistant', text);
  const first = ask(null, 'Write one sentence about the sea.');
  const thought: Message = {
    ...answer(first, 'The sea never says the same thing twice.'),
    parts: [
      { type: 'reasoning', text: 'One sentence. Something about change, and about listening.', durationMs: 12_000 },
      { type: 'text', text: 'The sea never says the same thing twice.' },
    ],
  };
  const plain = answer(first, 'The sea is large and blue.');
  const shorter = ask(thought.id, 'Shorter.');
  const longer = ask(thought.id, 'Longer, with a gull.');
  const short = answer(shorter, 'The sea repeats nothing.');
  const long = answer(longer, 'Under a single patient gull the sea turns its pages and never reads one aloud twice.');
  return [first, plain, thought, shorter, short, longer, long];
}

const messages = new Map<string, readonly Message[]>([
  [thousandChat.id, thousandMessages()],
  [forkedChat.id, forkedMessages()],
]);
const question = createMessage(streamedChat, null, 'user', 'Write three thousand lines.');
messages.set(streamedChat.id, [
  question,
  {
    ...createMessage(streamedChat, question.id, 'assistant', ''),
    status: 'streaming',
    runId: streamedRun,
    usage: null,
  },
]);

export const longChats: readonly Conversation[] = [thousandChat, forkedChat, streamedChat];

export const thousandIds: readonly MessageId[] = (messages.get(thousandChat.id) ?? []).map(({ id }) => id);

function branchTo(all: readonly Message[], tipId: MessageId): readonly Message[] {
  const byId = new Map(all.map((message) => [message.id, message]));
  const branch: Message[] = [];
  for (let at = byId.get(tipId); at !== undefined; at = at.parentId === null ? undefined : byId.get(at.parentId)) {
    branch.push(at);
  }
  return branch.reverse();
}

/** The conversations of this file as their services would tell of them; each call hands back a state of its own. */
export function createLongChats() {
  const tips = new Map<string, MessageId>();
  const all = (id: string): readonly Message[] => messages.get(id) ?? [];
  const shown = (id: string): readonly Message[] => {
    const tip = tips.get(id) ?? all(id).at(-1)?.id;
    return tip === undefined ? [] : branchTo(all(id), tip);
  };
  return {
    find: (id: string): Conversation | undefined => longChats.find((chat) => chat.id === id),
    shown,
    branch: (tipId: MessageId): readonly Message[] => {
      const owner = [...messages.values()].find((list) => list.some(({ id }) => id === tipId)) ?? [];
      return branchTo(owner, tipId);
    },
    outline: (id: string): readonly MessageOutline[] =>
      all(id).map((message) => ({
        id: message.id,
        parentId: message.parentId,
        role: message.role,
        preview: messageText(message).slice(0, 120).replaceAll('\n', ' '),
        createdAt: message.createdAt,
      })),
    show: (id: string, messageId: MessageId, isEnd: boolean): void => {
      let tip = messageId;
      for (let next = isEnd ? undefined : tip; next !== undefined;) {
        tip = next;
        next = all(id).findLast(({ parentId }) => parentId === tip)?.id;
      }
      tips.set(id, tip);
    },
    found: (id: string, query: string): readonly MessageId[] => {
      const terms = parseSearchQuery(query);
      return shown(id).flatMap((message) => (matchesQuery(messageText(message), terms) ? [message.id] : []));
    },
  };
}

/** An answer of many blocks, a few words at a time, as fast as the page takes them. */
export async function* streamedParts(after: number): AsyncGenerator<AnswerPart> {
  const start: readonly AnswerPart[] = [
    { sequence: 0, type: 'run-start', runId: streamedRun, modelName: 'SmolLM2 135M Instruct', route: null },
    { sequence: 1, type: 'text-start' },
  ];
  yield* start.filter(({ sequence }) => sequence > after);
  for (let line = 0; line < streamedLines; line += 1) {
    if (line + 2 <= after) continue;
    const text =
      line % 40 === 0
        ? `\n\n## Part ${line / 40 + 1}\n\n`
        : line % 8 === 0
          ? '\n\n'
          : `- Line ${line}: the tide turns, *and then* it turns again.\n`;
    yield { sequence: line + 2, type: 'text-delta', text };
    if (line % 8 === 0) await new Promise((resolve) => setTimeout(resolve, 16));
  }
  const end: AnswerPart = { sequence: streamedLines + 2, type: 'run-end', reason: 'complete', usage: null };
  yield end;
}
