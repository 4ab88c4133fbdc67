import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { AppError } from '../../shared/app-error.ts';
import { messageOutlineSchema } from '../../shared/conversation.ts';
import { conversationIdSchema, messageIdSchema } from '../../shared/ids.ts';
import type { Handlers } from '../operations.ts';
import { createConversationWriter } from './conversation-operations.ts';
import { shownTextOfRow } from './message-index.ts';
import { createMessageWriter, messageColumns, readMessages } from './message-operations.ts';
import { readOptionalRow, readRow, requireFound } from './rows.ts';

/** Characters of a message in the map of branches. */
const previewLength = 120;

const outlineRowSchema = messageOutlineSchema.unwrap().omit({ preview: true });
const endRowSchema = z.object({ id: messageIdSchema });
const summaryRowSchema = z.object({
  conversationId: conversationIdSchema,
  messageId: messageIdSchema,
  text: z.string(),
});

function preview(text: string): string {
  // A long text is mostly not looked at: its first words are in its first part.
  const line = text
    .slice(0, 8 * previewLength)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  if (line.length <= previewLength) return line;
  const cut = line.slice(0, previewLength - 1);
  const border = cut.lastIndexOf(' ');
  return `${(border > previewLength / 2 ? cut.slice(0, border) : cut).replace(/[\ud800-\udbff]$/, '')}…`;
}

type Names = 'ofConversation' | 'outline' | 'newestEnd' | 'insertConversation' | 'historySummary' | 'putHistorySummary';

/** The work behind the repository of messages that looks at a tree as a whole. */
export function createMessageTreeOperations(database: Database): Handlers<`messages.${Names}`> {
  // In the order of their arrival: a parent is always there before its children, whatever their clocks said.
  const selectTree = database.prepare(`
    SELECT ${messageColumns} FROM messages WHERE conversation_id = ? ORDER BY rowid`);
  const selectOutline = database.prepare(`
    SELECT id, parent_id AS parentId, role, created_at AS createdAt, parts FROM messages
    WHERE conversation_id = ? ORDER BY rowid`);
  const selectNewestEnd = database.prepare(`
    WITH RECURSIVE below (message_id) AS (
      SELECT id FROM messages WHERE id = ?
      UNION ALL
      SELECT id FROM below JOIN messages ON parent_id = message_id
    )
    SELECT id FROM below JOIN messages ON id = message_id
    WHERE NOT EXISTS (SELECT 1 FROM messages child WHERE child.parent_id = message_id)
    ORDER BY created_at DESC, id DESC LIMIT 1`);
  const selectSummary = database.prepare(`
    WITH RECURSIVE branch (branch_id, depth) AS (
      SELECT ?, 0
      UNION ALL
      SELECT parent_id, depth + 1 FROM branch JOIN messages ON id = branch_id WHERE parent_id IS NOT NULL
    )
    SELECT conversation_id AS conversationId, message_id AS messageId, text
    FROM branch JOIN history_summaries ON message_id = branch_id ORDER BY depth LIMIT 1`);
  const putSummary = database.prepare(`
    INSERT INTO history_summaries (message_id, conversation_id, text) VALUES (?, ?, ?)
    ON CONFLICT (message_id) DO UPDATE SET text = excluded.text`);
  const setTip = database.prepare('UPDATE conversations SET tip_id = ? WHERE id = ?');
  const writeConversation = createConversationWriter(database);
  const writeMessage = createMessageWriter(database);

  return {
    'messages.ofConversation': (id) => readMessages(selectTree.all(id)),
    'messages.outline': (id) =>
      selectOutline
        .all(id)
        .map((row) => ({ ...readRow(outlineRowSchema, row), preview: preview(shownTextOfRow(row)) })),
    'messages.newestEnd': (id) => requireFound(readOptionalRow(endRowSchema, selectNewestEnd.get(id)), 'message').id,
    'messages.insertConversation': database.transaction((conversation, messages) => {
      // Its tip refers to a message, and each message to it: the tip comes last.
      writeConversation({ ...conversation, tipId: null });
      for (const message of messages) {
        if (message.conversationId !== conversation.id) {
          throw new AppError('app/invalid-input', 'A message belongs to another conversation.');
        }
        writeMessage(message);
      }
      setTip.run(conversation.tipId, conversation.id);
    }),
    'messages.historySummary': (tipId) => readOptionalRow(summaryRowSchema, selectSummary.get(tipId)),
    'messages.putHistorySummary': ({ messageId, conversationId, text }) =>
      void putSummary.run(messageId, conversationId, text),
  };
}
