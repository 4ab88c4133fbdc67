import type { MessagePart } from '../../../shared/message.ts';
import { ConversationBuilder } from './conversation-builder.ts';
import type { Converted } from './converted.ts';
import { fieldsOf, keyOf, listOf, textOf, timeOf } from './read-field.ts';
import type { Fields } from './read-field.ts';
import { reasoningParts, splitThinking, textParts } from './split-thinking.ts';

/** What the files of one thread say. */
export type JanThread = {
  /** Of `thread.json`; empty where only the messages are there. */
  readonly thread: Fields;
  /** The lines of `messages.jsonl`. */
  readonly messages: readonly unknown[];
  /** Name of its folder; empty where there is none. */
  readonly folder: string;
};

function readContent(message: Fields, isAnswer: boolean): { parts: MessagePart[]; unsupported: number } {
  const parts: MessagePart[] = [];
  let unsupported = 0;
  const write = (text: string) => parts.push(...(isAnswer ? splitThinking(text) : textParts(text)));
  if (typeof message['content'] === 'string') write(message['content']);
  for (const item of listOf(message['content'])) {
    const content = fieldsOf(item) ?? {};
    const text = textOf(fieldsOf(content['text'])?.['value']) || textOf(content['text']);
    if (content['type'] === 'text') write(text);
    else if (content['type'] === 'reasoning') parts.push(...reasoningParts(text));
    else unsupported += 1;
  }
  return { parts, unsupported: unsupported + listOf(message['attachments']).length };
}

/** Jan writes a message again when it changes: the last line of an id counts, in the place of the first. */
function latest(messages: readonly unknown[]): readonly { readonly key: string; readonly message: Fields }[] {
  const found = new Map<string, Fields>();
  for (const [at, line] of messages.entries()) {
    const message = fieldsOf(line) ?? {};
    found.set(keyOf(message['id']) ?? `line ${at}`, message);
  }
  const timed = [...found].map(([key, message]) => ({ key, message, at: timeOf(message['created_at']) }));
  // Older versions wrote the newest line first; without a time, the order of the lines is all there is.
  return timed.every(({ at }) => at !== null) ? timed.sort((one, other) => (one.at ?? 0) - (other.at ?? 0)) : timed;
}

/**
 * One thread of Jan: `thread.json` beside `messages.jsonl`, one message a line, without branches. Times are seconds or
 * milliseconds. Shape: github.com/janhq/jan, core/src/types/message/messageEntity.ts and docs/docs/specs.
 */
export function convertJan({ thread, messages, folder }: JanThread): Converted {
  const builder = new ConversationBuilder();
  let parentKey: string | null = null;
  let threadId: string | null = null;
  let begunAt: number | null = null;
  for (const { key, message } of latest(messages.length > 0 ? messages : listOf(thread['messages']))) {
    const role = message['role'] === 'user' || message['role'] === 'assistant' ? message['role'] : 'other';
    const { parts, unsupported } = readContent(message, role === 'assistant');
    if (role !== 'other') builder.leaveOut('unsupported-part', unsupported);
    const modelName = role === 'assistant' ? textOf(fieldsOf(message['metadata'])?.['model']) || null : null;
    const createdAt = timeOf(message['created_at']);
    builder.add({ key, parentKey, createdAt, role, parts, modelName });
    begunAt ??= createdAt;
    threadId ??= keyOf(message['thread_id']);
    parentKey = key;
  }
  const metadata = fieldsOf(thread['metadata']) ?? {};
  return builder.build({
    id: keyOf(thread['id']) ?? threadId ?? keyOf(folder),
    title: textOf(thread['title']) || textOf(metadata['title']) || textOf(thread['summary']),
    // The same with and without the file that describes the thread, so that it is not taken twice.
    createdAt: begunAt ?? timeOf(thread['created']),
    updatedAt: timeOf(thread['updated']),
    isPinned: thread['isFavorite'] === true || metadata['is_favorite'] === true,
    currentKey: parentKey,
  });
}
