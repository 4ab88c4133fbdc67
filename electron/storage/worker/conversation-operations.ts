import type Database from 'better-sqlite3-multiple-ciphers';
import { conversationSchema } from '../../shared/conversation.ts';
import type { ConversationId } from '../../shared/ids.ts';
import type { Handlers, OperationsOf } from '../operations.ts';
import { jsonColumn, readOptionalRow, readRows, requireChanged, requireFound } from './rows.ts';

const shape = conversationSchema.unwrap().shape;
const rowSchema = conversationSchema.unwrap().extend({ documentIds: jsonColumn(shape.documentIds) });

const select = `
  SELECT id, title, tip_id AS tipId, document_ids AS documentIds, created_at AS createdAt, updated_at AS updatedAt
  FROM conversations WHERE deleted_at IS NULL`;

/** The work behind the repository of conversations. */
export function createConversationOperations(database: Database): Handlers<OperationsOf<'conversations'>> {
  const selectAll = database.prepare(`${select} ORDER BY updated_at DESC, id DESC`);
  const selectOne = database.prepare(`${select} AND id = ?`);
  const insert = database.prepare(
    'INSERT INTO conversations (id, title, tip_id, document_ids, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const update = database.prepare(
    'UPDATE conversations SET title = ?, tip_id = ?, document_ids = ?, updated_at = ? WHERE id = ?',
  );
  const remove = database.prepare('UPDATE conversations SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL');
  const restore = database.prepare('UPDATE conversations SET deleted_at = NULL WHERE id = ?');
  const get = (id: ConversationId) => readOptionalRow(rowSchema, selectOne.get(id));

  return {
    'conversations.list': () => readRows(rowSchema, selectAll.all()),
    'conversations.get': get,
    'conversations.insert': ({ id, title, tipId, documentIds, createdAt, updatedAt }) => {
      insert.run(id, title, tipId, JSON.stringify(documentIds), createdAt, updatedAt);
    },
    'conversations.update': database.transaction((id, change) => {
      const next = conversationSchema.parse({ ...requireFound(get(id), 'conversation'), ...change });
      update.run(next.title, next.tipId, JSON.stringify(next.documentIds), next.updatedAt, id);
    }),
    'conversations.remove': (id, deletedAt) => requireChanged(remove.run(deletedAt, id), 'conversation'),
    'conversations.restore': (id) => requireChanged(restore.run(id), 'conversation'),
  };
}
