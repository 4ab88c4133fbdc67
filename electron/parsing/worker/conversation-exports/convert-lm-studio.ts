import type { MessagePart } from '../../../shared/message.ts';
import { ConversationBuilder } from './conversation-builder.ts';
import type { Converted } from './converted.ts';
import { fieldsOf, listOf, textOf, timeOf } from './read-field.ts';
import type { Fields } from './read-field.ts';
import { reasoningParts, splitThinking, textParts } from './split-thinking.ts';

/** The text of a list of contents, and how many of them are none. */
function readContents(value: unknown): { readonly text: string; readonly unsupported: number } {
  const contents = listOf(value).map((item) => fieldsOf(item) ?? {});
  const texts = contents.filter(({ type }) => type === 'text').map(({ text }) => textOf(text));
  return { text: texts.join('\n\n'), unsupported: contents.length - texts.length };
}

type Version = {
  readonly parts: readonly MessagePart[];
  readonly unsupported: number;
  readonly modelName: string | null;
};

/** An answer: blocks of thinking and of text, beside blocks that are for looking under the bonnet. */
function readSteps(steps: readonly unknown[]): Version {
  const parts: MessagePart[] = [];
  let unsupported = 0;
  let modelName: string | null = null;
  for (const step of steps.map((item) => fieldsOf(item) ?? {})) {
    if (step['type'] !== 'contentBlock') continue;
    const { text, unsupported: others } = readContents(step['content']);
    const isThinking = fieldsOf(step['style'])?.['type'] === 'thinking';
    parts.push(...(isThinking ? reasoningParts(text) : splitThinking(text)));
    unsupported += others;
    const about = fieldsOf(step['genInfo']) ?? {};
    modelName ??= textOf(about['identifier']) || textOf(about['indexedModelIdentifier']) || null;
  }
  return { parts, unsupported, modelName };
}

function readVersion(version: Fields): Version {
  if (version['type'] === 'multiStep') return readSteps(listOf(version['steps']));
  const { text, unsupported } = readContents(version['content']);
  const parts = version['role'] === 'assistant' ? splitThinking(text) : textParts(text);
  return { parts, unsupported, modelName: null };
}

/**
 * One `*.conversation.json` of LM Studio: a list of messages, each with its versions and the one that is shown; what
 * follows a message follows its shown version. Times are milliseconds; a conversation has no id but its time.
 * Shape: github.com/YorkieDev/lm-studio-conversation-converter, script.js.
 */
export function convertLmStudio(value: Fields): Converted {
  const builder = new ConversationBuilder();
  let parentKey: string | null = null;
  for (const [at, item] of listOf(value['messages']).entries()) {
    const message = fieldsOf(item) ?? {};
    const versions = listOf(message['versions']).map((version) => fieldsOf(version) ?? {});
    for (const [number, version] of versions.entries()) {
      const role = version['role'] === 'user' || version['role'] === 'assistant' ? version['role'] : 'other';
      const { parts, unsupported, modelName } = readVersion(version);
      if (role !== 'other') builder.leaveOut('unsupported-part', unsupported);
      builder.add({ key: `${at}.${number}`, parentKey, createdAt: null, role, parts, modelName });
    }
    const selected = Number(message['currentlySelected'] ?? 0);
    if (versions.length > 0) parentKey = `${at}.${versions[selected] === undefined ? versions.length - 1 : selected}`;
  }
  if (textOf(value['systemPrompt']).trim() !== '') builder.leaveOut('system-message');
  const createdAt = timeOf(value['createdAt']);
  return builder.build({
    id: createdAt === null ? null : String(createdAt),
    title: textOf(value['name']),
    createdAt,
    updatedAt: timeOf(value['assistantLastMessagedAt']) ?? timeOf(value['userLastMessagedAt']),
    isPinned: value['pinned'] === true,
    currentKey: parentKey,
  });
}
