import type Database from 'better-sqlite3-multiple-ciphers';
import type { MessageId } from '../../shared/ids.ts';
import { messageSchema } from '../../shared/message.ts';
import type { Message } from '../../shared/message.ts';
import type { Handlers, OperationsOf } from '../operations.ts';
import { jsonColumn, readOptionalRow, readRows, requireChanged, requireFound } from './rows.ts';

const shape = messageSchema.unwrap().shape;
const rowSchema = messageSchema.unwrap().extend({
  parts: jsonColumn(shape.parts),
  route: jsonColumn(shape.route.unwrap()).nullable(),
  usage: jsonColumn(shape.usage.unwrap()).nullable(),
});

const columns = `id, conversation_id AS conversationId, parent_id AS parentId, role, parts, status, run_id AS runId,
  model_name AS modelName, route, usage, created_at AS createdAt`;

const toJson = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

/** The columns that may change, in the order in which both statements take them. */
const changeable = ({ parts, status, runId, modelName, route, usage }: Message) =>
  [JSON.stringify(parts), status, runId, modelName, toJson(route), toJson(usage)] as const;

/** The work behind the repository of messages. */
export function createMessageOperations(database: Database): Handlers<OperationsOf<'messages'>> {
  const selectOne = database.prepare(`SELECT ${columns} FROM messages WHERE id = ?`);
  const selectBranch = database.prepare(`
    WITH RECURSIVE branch (message_id, depth) AS (
      SELECT ?, 0
      UNION ALL
      SELECT parent_id, depth + 1 FROM branch JOIN messages ON id = message_id WHERE parent_id IS NOT NULL
    )
    SELECT ${columns} FROM branch JOIN messages ON id = message_id ORDER BY depth DESC`);
  const insert = database.prepare(`
    INSERT INTO messages (parts, status, run_id, model_name, route, usage, id, conversation_id, parent_id, role, created_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const update = database.prepare(`
    UPDATE messages SET parts = ?, status = ?, run_id = ?, model_name = ?, route = ?, usage = ? WHERE id = ?`);
  const moveTip = database.prepare(`
    UPDATE conversations SET tip_id = ?, updated_at = max(updated_at, ?) WHERE id = ? AND deleted_at IS NULL`);
  const interrupt = database.prepare(`
    UPDATE messages SET status = 'interrupted', run_id = NULL WHERE status = 'streaming'`);
  const get = (id: MessageId) => readOptionalRow(rowSchema, selectOne.get(id));

  return {
    'messages.branch': (tipId) => readRows(rowSchema, selectBranch.all(tipId)),
    'messages.get': get,
    'messages.append': database.transaction((message) => {
      const { id, conversationId, parentId, role, createdAt } = message;
      insert.run(...changeable(message), id, conversationId, parentId, role, createdAt);
      requireChanged(moveTip.run(id, createdAt, conversationId), 'conversation');
    }),
    'messages.update': database.transaction((id, change) => {
      const next = messageSchema.parse({ ...requireFound(get(id), 'message'), ...change });
      update.run(...changeable(next), id);
    }),
    'messages.interruptStreaming': () => interrupt.run().changes,
  };
}
