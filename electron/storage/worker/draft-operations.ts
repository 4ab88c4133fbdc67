import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { draftSchema } from '../../shared/draft.ts';
import type { DraftKey } from '../../shared/draft.ts';
import type { Handlers, OperationsOf } from '../operations.ts';
import { jsonColumn, readOptionalRow, requireFound } from './rows.ts';

const rowSchema = z.object({ value: jsonColumn(draftSchema) });

/** The work behind the repository of drafts. */
export function createDraftOperations(database: Database): Handlers<OperationsOf<'drafts'>> {
  const selectOne = database.prepare(`
    SELECT value FROM drafts LEFT JOIN conversations ON id = conversation_id
    WHERE key = ? AND (conversation_id IS NULL OR deleted_at IS NULL)`);
  const selectConversation = database.prepare('SELECT id FROM conversations WHERE id = ? AND deleted_at IS NULL');
  const put = database.prepare('INSERT OR REPLACE INTO drafts (key, conversation_id, value) VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM drafts WHERE key = ?');
  const conversationOf = (key: DraftKey) => (key === 'new-chat' ? null : key);

  return {
    'drafts.get': (key) => readOptionalRow(rowSchema, selectOne.get(key))?.value ?? null,
    'drafts.put': database.transaction((key, draft) => {
      const conversationId = conversationOf(key);
      if (conversationId !== null) requireFound(selectConversation.get(conversationId) ?? null, 'conversation');
      put.run(key, conversationId, JSON.stringify(draft));
    }),
    'drafts.remove': (key) => void remove.run(key),
  };
}
