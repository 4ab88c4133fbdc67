import type { ContextMeter } from '../../electron/shared/context-meter.ts';
import { createId, messageIdSchema, presetIdSchema } from '../../electron/shared/ids.ts';
import type { MessageHit } from '../../electron/shared/message-search.ts';
import type { Preset } from '../../electron/shared/preset.ts';
import type { ImportReport } from '../../electron/shared/transfer.ts';
import { conversations } from './gallery-content.ts';

const preset = (name: string, command: string, template: string, about: Partial<Preset> = {}): Preset => ({
  id: createId(presetIdSchema),
  name,
  command,
  systemPrompt: '',
  template,
  variables: [],
  modelId: null,
  temperature: null,
  answerTokenLimit: null,
  isBuiltIn: true,
  isHidden: false,
  ...about,
});

/** Own ones, beside those that came with the app. */
export const presets: readonly Preset[] = [
  preset('Minutes of a call', 'minutes', 'Write minutes with decisions and who does what: {{input}}', {
    isBuiltIn: false,
  }),
];

const hit = (conversation: keyof typeof conversations, snippet: string, word: string): MessageHit => {
  const start = snippet.indexOf(word);
  const { id, title, updatedAt } = conversations[conversation];
  return {
    conversationId: id,
    conversationTitle: title,
    isArchived: false,
    messageId: createId(messageIdSchema),
    role: 'assistant',
    createdAt: updatedAt,
    snippet,
    matches: [{ start, end: start + word.length }],
  };
};

export const searchHits: readonly MessageHit[] = [
  hit('contract', '… either party may end it with a notice of three months to the end of a quarter …', 'notice'),
  hit('contract', 'Notice must be on paper, because e-mail does not suffice.', 'Notice'),
  hit('busy', '… and unless it is repaired I shall give you notice of a reduction of the rent …', 'notice'),
  hit('trip', '… you will not notice the wind until you pitch the tent <b>above</b> the tree line …', 'notice'),
];

export const meter: ContextMeter = {
  windowTokens: 8_192,
  systemTokens: 120,
  summaryTokens: 0,
  historyTokens: 2_340,
  draftTokens: 18,
  answerTokens: 1_024,
  keptTurns: 12,
  trimmedTurns: 0,
  trimming: 'drop-oldest',
  isTooLong: false,
  isEstimate: false,
};

export const importReport: ImportReport = {
  source: 'chatgpt',
  conversations: 182,
  messages: 2_914,
  skipped: [
    { reason: 'unsupported-part', count: 17, examples: ['Plan of the garden', 'Logo, second try'] },
    { reason: 'empty-conversation', count: 3, examples: [] },
    { reason: 'already-imported', count: 41, examples: ['Packing list for Iceland'] },
  ],
};
