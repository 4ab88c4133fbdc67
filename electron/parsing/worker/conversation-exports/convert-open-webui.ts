import type { MessagePart } from '../../../shared/message.ts';
import { ConversationBuilder } from './conversation-builder.ts';
import type { FoundEntry } from './conversation-builder.ts';
import type { Converted } from './converted.ts';
import { fieldsOf, keyOf, listOf, textOf, timeOf } from './read-field.ts';
import type { Fields } from './read-field.ts';
import { reasoningParts, splitThinking, textParts } from './split-thinking.ts';

const open = '<details type="';
const close = '</details>';

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
  '&#39;': "'",
  '&amp;': '&',
};

const unescaped = (text: string): string =>
  text.replace(/&(?:lt|gt|quot|amp|#x27|#39);/g, (entity) => entities[entity] ?? entity);

/** What was thought stands in a quotation under a heading, with the signs of markup written as entities. */
function thought(inner: string): string {
  const heading = inner.indexOf('</summary>');
  const words = heading < 0 ? inner : inner.slice(heading + '</summary>'.length);
  return unescaped(words.trim().replace(/^> ?/gm, ''));
}

/** An answer with its folded blocks: thinking becomes reasoning, calls of tools are counted and left out. */
function readAnswer(text: string): { parts: MessagePart[]; unsupported: number } {
  const parts: MessagePart[] = [];
  let unsupported = 0;
  let at = 0;
  for (;;) {
    const start = text.indexOf(open, at);
    const tagEnd = start < 0 ? -1 : text.indexOf('>', start);
    const end = tagEnd < 0 ? -1 : text.indexOf(close, tagEnd);
    if (end < 0) break;
    parts.push(...textParts(text.slice(at, start)));
    const tag = text.slice(start, tagEnd);
    const seconds = /duration="(\d{1,7}(?:\.\d+)?)"/.exec(tag)?.[1];
    if (tag.startsWith(`${open}reasoning"`)) {
      const durationMs = seconds === undefined ? undefined : Number(seconds) * 1_000;
      parts.push(...reasoningParts(thought(text.slice(tagEnd + 1, end)), durationMs));
    } else unsupported += 1;
    at = end + close.length;
  }
  return { parts: [...parts, ...(at === 0 ? splitThinking(text) : textParts(text.slice(at)))], unsupported };
}

function readMessage(
  message: Fields,
  place: Pick<FoundEntry, 'key' | 'parentKey'>,
  builder: ConversationBuilder,
): void {
  const role = message['role'] === 'user' || message['role'] === 'assistant' ? message['role'] : 'other';
  const { content } = message;
  const items = listOf(content).map((item) => fieldsOf(item) ?? {});
  const texts = items.filter(({ type }) => type === 'text').map(({ text }) => textOf(text));
  const text = typeof content === 'string' ? content : texts.join('\n\n');
  const answer = role === 'assistant' ? readAnswer(text) : { parts: textParts(text), unsupported: 0 };
  const others = items.length - texts.length + listOf(message['files']).length;
  if (role !== 'other') builder.leaveOut('unsupported-part', answer.unsupported + others);
  const modelName = role === 'assistant' ? textOf(message['modelName']) || textOf(message['model']) || null : null;
  builder.add({ ...place, createdAt: timeOf(message['timestamp']), role, parts: answer.parts, modelName });
}

/**
 * One chat of Open WebUI: `chat.history` has the tree by id and `currentId`; older ones have only the list
 * `chat.messages`, and some exports are the inner object alone. Times are seconds, `chat.timestamp` milliseconds.
 * Shape: github.com/open-webui/open-webui, src/lib/components/chat (history) and backend/open_webui/models/chats.py.
 */
export function convertOpenWebui(value: Fields): Converted {
  const builder = new ConversationBuilder();
  const chat = fieldsOf(value['chat']) ?? value;
  const history = fieldsOf(chat['history']) ?? {};
  const tree = Object.entries(fieldsOf(history['messages']) ?? {});
  let currentKey = keyOf(history['currentId']);
  for (const [key, item] of tree) {
    const message = fieldsOf(item) ?? {};
    readMessage(message, { key, parentKey: keyOf(message['parentId']) }, builder);
  }
  if (tree.length === 0) {
    let parentKey: string | null = null;
    for (const [at, item] of listOf(chat['messages']).entries()) {
      const message = fieldsOf(item) ?? {};
      const key = `${at} ${keyOf(message['id']) ?? ''}`;
      readMessage(message, { key, parentKey }, builder);
      parentKey = key;
    }
    currentKey = parentKey;
  }
  return builder.build({
    id: keyOf(value['id']) ?? keyOf(chat['id']),
    title: textOf(value['title']) || textOf(chat['title']),
    createdAt: timeOf(value['created_at']) ?? timeOf(chat['timestamp']),
    updatedAt: timeOf(value['updated_at']),
    isArchived: value['archived'] === true,
    isPinned: value['pinned'] === true,
    currentKey,
  });
}
