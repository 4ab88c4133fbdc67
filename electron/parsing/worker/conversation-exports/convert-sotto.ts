import { exportedConversationSchema } from '../../../shared/sotto-export.ts';
import type { Converted } from './converted.ts';
import { leftOutWhole } from './converted.ts';
import { charactersOf, messageCharacterLimit } from './message-size.ts';
import { fieldsOf, textOf } from './read-field.ts';
import type { Fields } from './read-field.ts';

/** One conversation of Sotto's own export: it fits exactly, or is broken. */
export function convertSotto(value: Fields): Converted {
  const read = exportedConversationSchema.safeParse(value);
  const title = textOf(fieldsOf(value['conversation'])?.['title']);
  if (!read.success) return leftOutWhole('broken-conversation', title);
  const { conversation, folder, messages } = read.data;
  const known = new Set<string>();
  for (const { id, conversationId, parentId, parts } of messages) {
    const isAfterParent = parentId === null || known.has(parentId);
    if (conversationId !== conversation.id || known.has(id) || !isAfterParent) {
      return leftOutWhole('broken-conversation', title);
    }
    if (charactersOf(parts) > messageCharacterLimit) {
      return leftOutWhole('too-large', title);
    }
    known.add(id);
  }
  if (messages.length === 0) return leftOutWhole('empty-conversation', title);
  const { id: sourceId, tipId, folderId: _, titleOrigin: __, ...rest } = conversation;
  if (tipId === null || !known.has(tipId)) return leftOutWhole('broken-conversation', title);
  return {
    conversation: { ...rest, sourceId, tipKey: tipId, folder },
    messages: messages.map(({ id, conversationId: _owner, parentId, runId: _run, status, ...message }) => ({
      ...message,
      key: id,
      parentKey: parentId,
      status: status === 'streaming' ? 'interrupted' : status,
    })),
    leftOut: [],
    title,
  };
}
