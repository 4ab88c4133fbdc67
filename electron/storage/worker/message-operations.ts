import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { messageIdSchema } from '../../shared/ids.ts';
import type { MessageId } from '../../shared/ids.ts';
import { messageSchema } from '../../shared/message.ts';
import type { Message } from '../../shared/message.ts';
import { shownMessageText } from '../../shared/shown-text.ts';
import type { Handlers } from '../operations.ts';
import { createMessageIndex, shownTextOfRow } from './message-index.ts';
import { jsonColumn, readOptionalRow, readRow, readRows, requireChanged, requireFound } from './rows.ts';

const shape = messageSchema.unwrap().shape;
const rowSchema = messageSchema.unwrap().extend({
  parts: jsonColumn(shape.parts),
  route: jsonColumn(shape.route.unwrap()).nullable(),
  usage: jsonColumn(shape.usage.unwrap()).nullable(),
  error: jsonColumn(shape.error.unwrap()).nullable(),
});
const streamingRowSchema = z.object({ id: messageIdSchema, createdAt: z.int(), parts: z.string() });

/** The columns of a whole message, for `readMessages`. */
export const messageColumns = `id, conversation_id AS conversationId, parent_id AS parentId, role, parts, status,
  run_id AS runId, model_name AS modelName, route, usage, error, created_at AS createdAt`;

/** Rows of `messageColumns` as messages. */
export function readMessages(rows: readonly unknown[]): Message[] {
  return readRows(rowSchema, rows);
}

const toJson = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

/** The columns that may change, in the order in which both statements take them. */
const changeable = ({ parts, status, runId, modelName, route, usage, error }: Message) =>
  [JSON.stringify(parts), status, runId, modelName, toJson(route), toJson(usage), toJson(error)] as const;

/** Writes new messages and their words; call what it returns inside a transaction. */
export function createMessageWriter(database: Database): (message: Message) => void {
  const insert = database.prepare(`
    INSERT INTO messages (parts, status, run_id, model_name, route, usage, error, id, conversation_id, parent_id, role,
      created_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const index = createMessageIndex(database).messages;

  return (message) => {
    const { id, conversationId, parentId, role, status, createdAt } = message;
    insert.run(...changeable(message), id, conversationId, parentId, role, createdAt);
    // The words of a growing answer go into the index once, when it has grown.
    if (status !== 'streaming') index.write(id, createdAt, shownMessageText(message));
  };
}

type Names = 'branch' | 'get' | 'append' | 'update' | 'interruptStreaming';

/** The work behind the repository of messages that is done while people talk. */
export function createMessageOperations(database: Database): Handlers<`messages.${Names}`> {
  const selectOne = database.prepare(`SELECT ${messageColumns} FROM messages WHERE id = ?`);
  const selectBranch = database.prepare(`
    WITH RECURSIVE branch (message_id, depth) AS (
      SELECT ?, 0
      UNION ALL
      SELECT parent_id, depth + 1 FROM branch JOIN messages ON id = message_id WHERE parent_id IS NOT NULL
    )
    SELECT ${messageColumns} FROM branch JOIN messages ON id = message_id ORDER BY depth DESC`);
  const update = database.prepare(`
    UPDATE messages SET parts = ?, status = ?, run_id = ?, model_name = ?, route = ?, usage = ?, error = ?
    WHERE id = ?`);
  const moveTip = database.prepare(`
    UPDATE conversations SET tip_id = ?, updated_at = max(updated_at, ?) WHERE id = ? AND deleted_at IS NULL`);
  const selectStreaming = database.prepare(
    "SELECT id, created_at AS createdAt, parts FROM messages WHERE status = 'streaming'",
  );
  const interrupt = database.prepare("UPDATE messages SET status = 'interrupted', run_id = NULL WHERE id = ?");
  const get = (id: MessageId) => readOptionalRow(rowSchema, selectOne.get(id));
  const write = createMessageWriter(database);
  const index = createMessageIndex(database).messages;

  return {
    'messages.branch': (tipId) => readMessages(selectBranch.all(tipId)),
    'messages.get': get,
    'messages.append': database.transaction((message) => {
      write(message);
      const { id, createdAt, conversationId } = message;
      requireChanged(moveTip.run(id, createdAt, conversationId), 'conversation');
    }),
    'messages.update': database.transaction((id, change) => {
      const current = requireFound(get(id), 'message');
      const next = messageSchema.parse({ ...current, ...change });
      update.run(...changeable(next), id);
      const text = shownMessageText(next);
      const isIndexed = current.status !== 'streaming' && text === shownMessageText(current);
      if (next.status !== 'streaming' && !isIndexed) index.write(id, next.createdAt, text);
    }),
    'messages.interruptStreaming': database.transaction(() => {
      const rows = selectStreaming.all();
      for (const row of rows) {
        const { id, createdAt } = readRow(streamingRowSchema, row);
        interrupt.run(id);
        index.write(id, createdAt, shownTextOfRow(row));
      }
      return rows.length;
    }),
  };
}
