import { conversationOptionsSchema } from '../../electron/shared/conversation.ts';
import type { Conversation, Folder } from '../../electron/shared/conversation.ts';
import { cleanReport } from '../../electron/shared/document.ts';
import type { CitedPassage, DocumentDescription } from '../../electron/shared/document.ts';
import {
  conversationIdSchema,
  createId,
  documentHashSchema,
  documentIdSchema,
  folderIdSchema,
  messageIdSchema,
  passageIdSchema,
  runIdSchema,
  summaryIdSchema,
} from '../../electron/shared/ids.ts';
import type { Message, MessagePart } from '../../electron/shared/message.ts';
import type { Summary } from '../../electron/shared/summary.ts';
import { starter } from './gallery-models.ts';
import { contractStatements, summariesInAllStates } from './gallery-summaries.ts';
import { contractText, lineRangeOf, manualAnswer, placeOf } from './gallery-texts.ts';

const now = Date.now();
const day = 86_400_000;
const hash = documentHashSchema.parse('5f'.repeat(32));

export const runningAnswer = createId(runIdSchema);
export const runningSummary = createId(runIdSchema);

export const documents: readonly DocumentDescription[] = [
  ['Contract with Meyer AG.txt', 'ready', contractText.length, 1_204, 88],
  ['Field notes, Iceland.md', 'indexing', 184_220, 31_044, 2_310],
  ['The Voyage of the Beagle.txt', 'ready', 1_182_400, 206_380, 22_114],
  ['scan-0042.txt', 'failed', 0, 0, 0],
].map(([name, status, characters, words, lines]) => ({
  id: createId(documentIdSchema),
  hash,
  name: String(name),
  title: null,
  format: 'text',
  sizeBytes: Number(characters) || 48_213,
  characters: Number(characters),
  words: Number(words),
  lines: Number(lines),
  pages: null,
  passages: 1_204,
  passagesIndexed: status === 'indexing' ? 312 : 1_204,
  status: status === 'indexing' ? 'indexing' : status === 'failed' ? 'failed' : 'ready',
  error:
    status === 'failed'
      ? { code: 'file/binary', message: 'The bytes are not text.', details: { name: String(name) } }
      : null,
  report: cleanReport,
  isLoose: true,
  addedAt: now - day,
}));

const contract = documents[0]!;

const quotes = [
  'Either party may end this agreement with a notice of three months to the end of a calendar quarter.',
  'By the first amendment of 2 March the notice period for the first year is shortened to six weeks to the end of a month.',
  'Notice has to be given in writing; a message by e-mail does not suffice.',
];

export const passages: readonly CitedPassage[] = quotes.map((quote, index) => ({
  mark: index + 1,
  score: 0.92 - index * 0.11,
  passage: {
    id: createId(passageIdSchema),
    documentId: contract.id,
    documentName: contract.name,
    format: contract.format,
    place: { documentHash: hash, ...placeOf(quote), lines: lineRangeOf(quote) },
    headings: ['Term and notice'],
    text: quote,
  },
}));

const conversation = (
  title: string,
  age: number,
  documentIds: Conversation['documentIds'] = [],
  about: Partial<Conversation> = {},
): Conversation => ({
  id: createId(conversationIdSchema),
  title,
  titleOrigin: 'model',
  tipId: null,
  documentIds,
  collectionIds: [],
  folderId: null,
  isPinned: false,
  isArchived: false,
  isPrivate: false,
  isLocalOnly: false,
  options: conversationOptionsSchema.parse({}),
  createdAt: now - age,
  updatedAt: now - age,
  ...about,
});

export const folders: readonly Folder[] = [
  { id: createId(folderIdSchema), name: 'Clients', isLocalOnly: false, createdAt: now - 9 * day },
  { id: createId(folderIdSchema), name: 'Kitchen', isLocalOnly: false, createdAt: now - 8 * day },
];
const [clients, kitchen] = folders;

export const conversations = {
  contract: conversation('Notice period, Meyer AG', 60_000, [contract.id], { folderId: clients?.id ?? null }),
  long: conversation('Sourdough for beginners', 3_600_000, [], { folderId: kitchen?.id ?? null }),
  busy: conversation('Letter to the landlord', 5_000),
  error: conversation('Tax rules for freelancers', 2 * 3_600_000, [], { isPinned: true }),
  abstained: conversation('Who wrote the annex?', day + 3_600_000, [contract.id]),
  trip: conversation('Packing list for Iceland in March with two children and a tent', day + 7_200_000),
  secret: conversation('What to tell the doctor', 60_000, [], { isPrivate: true }),
  thesis: conversation('Outline of chapter three', 5 * day),
  old: conversation('Names for a cat', 40 * day),
  archived: conversation('Insurance, old flat', 90 * day, [], { isArchived: true }),
};

type Turn = Partial<Omit<Message, 'parts'>> & { readonly parts: readonly MessagePart[] };

const message = (in_: Conversation, role: Message['role'], turn: Turn): Message => ({
  id: createId(messageIdSchema),
  conversationId: in_.id,
  parentId: null,
  role,
  status: 'complete',
  runId: null,
  modelName: role === 'assistant' ? 'SmolLM2 135M Instruct' : null,
  route: null,
  usage:
    role === 'assistant'
      ? { inputTokens: 412, reusedTokens: 380, outputTokens: 164, timeToFirstTokenMs: 420, tokensPerSecond: 21.4 }
      : null,
  error: null,
  createdAt: now,
  ...turn,
});

const text = (content: string): MessagePart => ({ type: 'text', text: content });
const asked = (in_: Conversation, question: string): Message => message(in_, 'user', { parts: [text(question)] });

const groundedText =
  'Three months to the end of a quarter. [1] In the first year it is shorter: six weeks to the end of a month, by the first amendment. [2] Notice must be on paper, because e-mail does not suffice. [3] Most companies in the industry have longer periods.';
const flaw = groundedText.indexOf('Most companies');

export const messages = new Map<string, readonly Message[]>([
  [
    conversations.contract.id,
    [
      asked(conversations.contract, 'How long is the notice period?'),
      message(conversations.contract, 'assistant', {
        parts: [
          ...passages.map((passage): MessagePart => ({ type: 'citation', passage })),
          {
            type: 'grounds',
            searchedAs: 'How long is the notice period of the contract with Meyer AG?',
            confidence: 0.84,
            level: 'high',
          },
          {
            type: 'text',
            text: groundedText,
            checks: [
              { start: 0, end: flaw - 1, isSupported: true, marks: [1, 2, 3] },
              { start: flaw, end: groundedText.length, isSupported: false, marks: [] },
            ],
          },
        ],
      }),
    ],
  ],
  [
    conversations.long.id,
    [
      asked(conversations.long, 'How do I make a sourdough starter, and how do I know that it is ready?'),
      message(conversations.long, 'assistant', { parts: [text(manualAnswer)] }),
      asked(conversations.long, 'And if it smells of acetone?'),
      message(conversations.long, 'assistant', {
        status: 'stopped',
        parts: [
          text('Then it is hungry. Feed it **twice a day** for two days, with a larger share of fresh flour: one'),
        ],
      }),
    ],
  ],
  [
    conversations.busy.id,
    [
      asked(
        conversations.busy,
        'Write a short letter to my landlord: the heating has been cold for a week, I called twice, and I want it repaired by Friday.',
      ),
      message(conversations.busy, 'assistant', { parts: [], status: 'streaming', runId: runningAnswer, usage: null }),
    ],
  ],
  [
    conversations.error.id,
    [
      asked(conversations.error, 'Which expenses can I deduct?'),
      message(conversations.error, 'assistant', {
        status: 'interrupted',
        parts: [
          text('As a freelancer you can usually deduct what you spend **for your work**: a room that you use for'),
        ],
      }),
      asked(conversations.error, 'Please go on.'),
      message(conversations.error, 'assistant', { status: 'failed', parts: [], usage: null }),
    ],
  ],
  [
    conversations.abstained.id,
    [
      asked(conversations.abstained, 'Who wrote the annex?'),
      message(conversations.abstained, 'assistant', {
        parts: [
          ...passages.slice(0, 2).map((passage): MessagePart => ({ type: 'citation', passage })),
          { type: 'notice', name: 'not-in-documents' },
        ],
      }),
    ],
  ],
]);

const sectionTitles = ['Parties and purpose', 'Services and fees', 'Term and notice', 'Liability', 'Final provisions'];
const sectionTexts = [
  'Meyer AG engages the contractor to maintain its booking system. Both sides name one person who decides.',
  'The monthly fee is 4,800 euros, due within 14 days. Work outside office hours is paid at one and a half times the rate.',
  'The agreement runs without end. Notice is three months to the end of a quarter, in the first year six weeks; always on paper.',
  'Each side is liable without limit for intent, and up to 50,000 euros for slight negligence.',
  'Changes need written form. The courts of Hamburg have jurisdiction.',
];

const length = contractText.length;
const sections = sectionTitles.map((title, index) => {
  const start = Math.floor((length / 5) * index);
  const end = Math.floor((length / 5) * (index + 1));
  const first = 1 + index * 4;
  return {
    title,
    summary: sectionTexts[index] ?? '',
    statements: [],
    place: { documentHash: hash, start, end, lines: { first, last: first + 3 } },
  };
});

const summary = (about: Partial<Summary>): Summary => ({
  id: createId(summaryIdSchema),
  documentId: contract.id,
  documentName: contract.name,
  style: 'key-points',
  length: 'medium',
  focus: '',
  status: 'complete',
  runId: null,
  summary:
    'Meyer AG engages a contractor to maintain its booking system for **4,800 euros a month**. The agreement has no fixed end; either side can leave with three months’ notice to the end of a quarter, in the first year with six weeks. Liability for slight negligence is capped at 50,000 euros, and every change needs written form.',
  statements: [],
  sections,
  coverage: { sections: 5, sectionsRead: 5, characters: length, charactersRead: length },
  modelName: starter.name,
  usage: null,
  error: null,
  createdAt: now,
  ...about,
});

export const summaries = {
  complete: summary({ statements: contractStatements }),
  plain: summary({ style: 'page', length: 'short', createdAt: now - 20 * day }),
  ...summariesInAllStates(summary({}), documents.slice(1, 3)),
  running: summary({
    documentId: documents[2]!.id,
    documentName: documents[2]!.name,
    style: 'one-sentence',
    status: 'running',
    runId: runningSummary,
    summary: '',
    sections: [],
    coverage: { sections: 61, sectionsRead: 0, characters: 1_182_400, charactersRead: 0 },
  }),
};

export const runningSections = sections.slice(0, 3).map((section, index) => ({
  ...section,
  place: {
    ...section.place,
    start: index * 90_000,
    end: (index + 1) * 90_000,
    lines: { first: 1 + index * 1_700, last: 1_700 * (index + 1) },
  },
}));
