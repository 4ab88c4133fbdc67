import { conversationOptionsSchema } from '../../electron/shared/conversation.ts';
import type { Conversation } from '../../electron/shared/conversation.ts';
import type { AnswerPart } from '../../electron/shared/answer-part.ts';
import type { CloudPreview } from '../../electron/shared/cloud-preview.ts';
import {
  conversationIdSchema,
  createId,
  messageIdSchema,
  previewIdSchema,
  remoteIdSchema,
  runIdSchema,
} from '../../electron/shared/ids.ts';
import type { RunId } from '../../electron/shared/ids.ts';
import type { Message } from '../../electron/shared/message.ts';
import { galleryEntries } from './gallery-cloud.ts';

const createChat = (title: string, isLocalOnly = false): Conversation => ({
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
  isLocalOnly,
  options: conversationOptionsSchema.parse({}),
  createdAt: Date.now(),
  updatedAt: Date.now(),
});

/** Answers from large models, with what was noticed in one and what became of another. */
export const elsewhereChat = createChat('Questions for a large model');
/** An answer that waits for a person. */
export const waitingChat = createChat('What may leave');
export const previewRun: RunId = createId(runIdSchema);
const previewId = createId(previewIdSchema);

const createMessage = (chat: Conversation, role: Message['role'], text: string, about: Partial<Message>): Message => ({
  id: createId(messageIdSchema),
  conversationId: chat.id,
  parentId: null,
  role,
  parts: text === '' ? [] : [{ type: 'text', text }],
  status: 'complete',
  runId: null,
  modelName: role === 'assistant' ? 'gpt-5-mini' : null,
  route: role === 'assistant' ? { zone: 'cloud', reason: 'quality-preferred', remoteName: 'OpenAI' } : null,
  usage: null,
  error: null,
  createdAt: Date.now(),
  ...about,
});

const letter =
  'Dear Anna Meyer, the notice period in your agreement with Meyer AG is three months to the end of a quarter. ' +
  'If you write before 30 September, it ends on 31 December. [More about it](https://collect.example/?d=QW5uYSBNZXllcg)';
const firstEntry = galleryEntries[0];
const usage = { inputTokens: 812, reusedTokens: 0, outputTokens: 240, timeToFirstTokenMs: 900, tokensPerSecond: 61 };
const busy = { code: 'provider/busy', message: 'Busy.', details: { host: 'api.openai.com' } } as const;

const elsewhereMessages: readonly Message[] = [
  createMessage(elsewhereChat, 'user', 'Until when do I have to give notice?', {}),
  createMessage(elsewhereChat, 'assistant', '', {
    usage,
    parts: [
      { type: 'text', text: letter },
      {
        type: 'sent',
        sent: {
          ledgerEntryIds: firstEntry === undefined ? [] : [firstEntry.id],
          host: 'api.openai.com',
          replacedCount: 3,
          savedTokens: 1_420,
          costMicroDollars: 3_140,
        },
      },
      {
        type: 'screening',
        findings: [{ kind: 'link-carries-data', start: letter.indexOf('[More'), end: letter.length }],
      },
    ],
  }),
  createMessage(elsewhereChat, 'user', 'And what does it cost me?', {}),
  createMessage(elsewhereChat, 'assistant', 'That depends on what the contract says about it.', {
    modelName: 'Qwen3 4B',
    route: { zone: 'local', reason: 'remote-failed' },
    parts: [
      { type: 'text', text: 'That depends on what the contract says about it.' },
      { type: 'notice', name: 'remote-failed' },
    ],
  }),
  createMessage(elsewhereChat, 'user', 'Write me the letter.', {}),
  createMessage(elsewhereChat, 'assistant', '', { status: 'failed', error: busy }),
];

const waitingMessages: readonly Message[] = [
  createMessage(waitingChat, 'user', 'Write to Anna Meyer that we end the contract.', {}),
  createMessage(waitingChat, 'assistant', '', { status: 'streaming', runId: previewRun, route: null, modelName: null }),
];

const chats = new Map([
  [elsewhereChat.id, { conversation: elsewhereChat, messages: elsewhereMessages }],
  [waitingChat.id, { conversation: waitingChat, messages: waitingMessages }],
]);

/** A chat of this file with its messages; undefined for any other. */
export function findElsewhere(id: Conversation['id']) {
  return chats.get(id);
}

export const previewParts: readonly AnswerPart[] = [
  { sequence: 0, type: 'run-start', runId: previewRun, modelName: null, route: null },
  { sequence: 1, type: 'progress', phase: 'asking-person', done: 0, total: 0, remainingMs: null },
  { sequence: 2, type: 'preview', previewId, isOpen: true },
];

const turns = [
  { role: 'system', text: 'You are Sotto, a calm and exact assistant. Keep words in brackets as they are.' },
  {
    role: 'user',
    text: 'Write to [PERSON_1] at [ORGANISATION_1], [EMAIL_1], that we end the contract of 12 March.\n\nThe flat is in Lindenallee 12, and the deposit was 1,800 euros.',
  },
] as const;
const body = JSON.stringify({
  model: 'gpt-5-mini',
  stream: true,
  messages: turns.map(({ role, text }) => ({ role, content: text })),
});
const originals = [
  ['[PERSON_1]', 'Anna Meyer'],
  ['[ORGANISATION_1]', 'Meyer AG'],
  ['[EMAIL_1]', 'anna@meyer.example'],
] as const;

export const galleryPreview: CloudPreview = {
  id: previewId,
  conversationId: waitingChat.id,
  remoteId: createId(remoteIdSchema),
  remoteName: 'OpenAI',
  zone: 'cloud',
  host: 'api.openai.com',
  policyUrl: 'https://platform.openai.com/docs/guides/your-data',
  modelName: 'gpt-5-mini',
  turns,
  body,
  bodyHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  replacements: originals.map(([placeholder, original]) => {
    const start = body.indexOf(placeholder);
    return { start, end: start + placeholder.length, placeholder, original };
  }),
  inputTokens: 96,
  savedTokens: 1_420,
  mostCostMicroDollars: 4_200,
  isPriceKnown: false,
  route: { zone: 'cloud', reason: 'quality-preferred', remoteName: 'OpenAI', modelName: 'gpt-5-mini' },
};
