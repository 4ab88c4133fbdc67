import type Database from 'better-sqlite3-multiple-ciphers';
import { conversationSchema } from '../../shared/conversation.ts';
import type { Conversation } from '../../shared/conversation.ts';
import type { ConversationId } from '../../shared/ids.ts';
import { AppError } from '../../shared/app-error.ts';
import type { Handlers, OperationsOf } from '../operations.ts';
import { createMessageIndex } from './message-index.ts';
import { flagColumn, jsonColumn, readOptionalRow, readRows, requireChanged, requireFound } from './rows.ts';

const shape = conversationSchema.unwrap().shape;
const rowSchema = conversationSchema.unwrap().extend({
  documentIds: jsonColumn(shape.documentIds),
  collectionIds: jsonColumn(shape.collectionIds),
  isPinned: flagColumn,
  isArchived: flagColumn,
  isPrivate: flagColumn,
  isLocalOnly: flagColumn,
  options: jsonColumn(shape.options),
});

const select = `
  SELECT id, title, title_origin AS titleOrigin, tip_id AS tipId, document_ids AS documentIds, collection_ids AS collectionIds,
    folder_id AS folderId, is_pinned AS isPinned, is_archived AS isArchived, is_private AS isPrivate,
    is_local_only AS isLocalOnly, options, created_at AS createdAt, updated_at AS updatedAt
  FROM conversations WHERE deleted_at IS NULL`;

/** The columns that may change, in the order in which both statements take them. */
const changeable = ({
  title,
  titleOrigin,
  tipId,
  documentIds,
  collectionIds,
  folderId,
  isPinned,
  isArchived,
  isLocalOnly,
  ...rest
}: Conversation) =>
  [
    title,
    titleOrigin,
    tipId,
    JSON.stringify(documentIds),
    JSON.stringify(collectionIds),
    folderId,
    Number(isPinned),
    Number(isArchived),
    Number(isLocalOnly),
    JSON.stringify(rest.options),
    rest.updatedAt,
  ] as const;

/** Writes new conversations with the words of their titles; call what it returns inside a transaction. */
export function createConversationWriter(database: Database): (conversation: Conversation) => void {
  const insert = database.prepare(`
    INSERT INTO conversations (title, title_origin, tip_id, document_ids, collection_ids, folder_id, is_pinned,
      is_archived, is_local_only, options, updated_at, id, is_private, created_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const { titles } = createMessageIndex(database);

  return (conversation) => {
    const { id, title, isPrivate, createdAt } = conversation;
    if (isPrivate && !database.memory) {
      throw new AppError('app/invalid-input', 'A private conversation may not reach the disk.');
    }
    insert.run(...changeable(conversation), id, Number(isPrivate), createdAt);
    if (title !== '') titles.write(id, createdAt, title);
  };
}

/** The work behind the repository of conversations. */
export function createConversationOperations(database: Database): Handlers<OperationsOf<'conversations'>> {
  const selectAll = database.prepare(`${select} ORDER BY updated_at DESC, id DESC`);
  const selectOne = database.prepare(`${select} AND id = ?`);
  const selectUntitled = database.prepare(`
    ${select} AND title_origin = 'first-words' AND is_private = 0 AND EXISTS (
      SELECT 1 FROM messages
      WHERE conversation_id = conversations.id AND role = 'assistant' AND status = 'complete'
    )
    ORDER BY updated_at DESC, id DESC LIMIT ?`);
  const update = database.prepare(`
    UPDATE conversations SET title = ?, title_origin = ?, tip_id = ?, document_ids = ?, collection_ids = ?, folder_id = ?,
      is_pinned = ?, is_archived = ?, is_local_only = ?, options = ?, updated_at = ?
    WHERE id = ?`);
  const remove = database.prepare('UPDATE conversations SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL');
  // Without their keys they are nothing: what a model has read of a deleted conversation is gone at once.
  const removeStates = database.prepare('DELETE FROM saved_states WHERE conversation_id = ?');
  const restore = database.prepare('UPDATE conversations SET deleted_at = NULL WHERE id = ? AND deleted_at IS NOT 0');
  const get = (id: ConversationId) => readOptionalRow(rowSchema, selectOne.get(id));
  const write = createConversationWriter(database);
  const { titles } = createMessageIndex(database);

  return {
    'conversations.list': () => readRows(rowSchema, selectAll.all()),
    'conversations.get': get,
    'conversations.insert': database.transaction(write),
    'conversations.update': database.transaction((id, change) => {
      const current = requireFound(get(id), 'conversation');
      const next = conversationSchema.parse({ ...current, ...change });
      update.run(...changeable(next), id);
      if (next.title !== current.title) titles.write(id, next.createdAt, next.title);
    }),
    'conversations.remove': database.transaction((id, deletedAt) => {
      requireChanged(remove.run(deletedAt, id), 'conversation');
      removeStates.run(id);
    }),
    'conversations.restore': (id) => requireChanged(restore.run(id), 'conversation'),
    'conversations.untitled': (limit) => readRows(rowSchema, selectUntitled.all(limit)),
  };
}
