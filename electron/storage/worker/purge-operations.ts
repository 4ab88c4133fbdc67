import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import type { Handlers } from '../operations.ts';
import { createDocumentPurge, createLibraryPurge, createVectorPurge } from './purge-library.ts';
import { readRow, readRows } from './rows.ts';

/** Messages that one batch removes at most: a turn that others wait for stays short. */
const batchSize = 200;

/** Pages of the index that one batch rewrites. */
const mergedPages = 500;

const countSchema = z.object({ count: z.int() });
const idRowSchema = z.object({ id: z.string() });

/** Removes up to `batchSize` rows of deleted conversations; true when it found any. */
function createConversationPurge(database: Database) {
  const selectRemoved = database.prepare('SELECT id FROM conversations WHERE deleted_at < ? LIMIT 1');
  // Children are younger than their parents, so the newest rows can always go.
  const newestMessages = `SELECT rowid FROM messages WHERE conversation_id = ? ORDER BY rowid DESC LIMIT ${batchSize}`;
  const removeWords = database.prepare(`
    DELETE FROM message_words
    WHERE rowid IN (SELECT search_number FROM messages WHERE rowid IN (${newestMessages}) AND search_number IS NOT NULL)`);
  const statements = [
    'DELETE FROM drafts WHERE conversation_id = ?',
    'DELETE FROM saved_states WHERE conversation_id = ?',
    'DELETE FROM history_summaries WHERE conversation_id = ?',
    // The ledger keeps that something was sent, and the hash of it.
    'DELETE FROM sent_bodies WHERE ledger_id IN (SELECT id FROM ledger WHERE conversation_id = ?)',
    // From its first batch on it cannot be brought back: the undo would find half of it.
    'UPDATE conversations SET tip_id = NULL, deleted_at = 0 WHERE id = ?',
  ].map((sql) => database.prepare(sql));
  const removeMessages = database.prepare(`DELETE FROM messages WHERE rowid IN (${newestMessages})`);
  const removeTitle = database.prepare(
    'DELETE FROM title_words WHERE rowid = (SELECT search_number FROM conversations WHERE id = ?)',
  );
  const removeConversation = database.prepare('DELETE FROM conversations WHERE id = ?');

  /** How many conversations went for good: 0 also where only some messages of a long one did; null when none is left. */
  return (before: number): number | null => {
    const [row] = readRows(idRowSchema, selectRemoved.all(before));
    if (!row) return null;
    for (const statement of statements) statement.run(row.id);
    removeWords.run(row.id);
    if (removeMessages.run(row.id).changes === batchSize) return 0;
    removeTitle.run(row.id);
    return removeConversation.run(row.id).changes;
  };
}

/**
 * Rewrites the indexes of messages and titles step by step. A removed record's words are only marked as removed in them
 * until then, for the tables do not keep the texts that would tell where the words are.
 */
function createIndexMerge(database: Database) {
  const changes = database.prepare('SELECT total_changes() AS count');
  const count = (): number => readRow(countSchema, changes.get()).count;
  const tables = ['message_words', 'title_words'] as const;
  // A negative number of pages begins to make one whole of all, a positive one goes on with that.
  const merges = tables.flatMap((table) =>
    [-mergedPages, mergedPages].map((pages) =>
      database.prepare(`INSERT INTO ${table} (${table}, rank) VALUES ('merge', ${pages})`),
    ),
  );
  let waiting: readonly (typeof merges)[number][] = [];

  return {
    begin: (): void => {
      waiting = merges;
    },
    /** False when there was nothing left to do. */
    step: (): boolean => {
      const [merge, ...others] = waiting;
      if (!merge) return false;
      const before = count();
      merge.run();
      // Documented for this command: fewer than two changes are the sign that it found nothing to do.
      if (count() - before < 2 || merge === merges[0] || merge === merges[2]) waiting = others;
      return true;
    },
  };
}

/** The work behind the removal for good of what was deleted. */
export function createPurgeOperations(database: Database): Handlers<'maintenance.purge'> {
  const merge = createIndexMerge(database);
  const purgeConversations = createConversationPurge(database);
  const purgeDocuments = createDocumentPurge(database);
  const purgeLibraries = createLibraryPurge(database);
  const purgeVectors = createVectorPurge(database);
  const removeNodes = database.prepare(`
    DELETE FROM summary_nodes WHERE summary_id IN (SELECT id FROM summaries WHERE deleted_at < ?)`);
  const removeSummaries = database.prepare('DELETE FROM summaries WHERE deleted_at < ?');
  const removePresets = database.prepare('DELETE FROM presets WHERE deleted_at < ?');

  return {
    'maintenance.purge': database.transaction((before) => {
      const conversations = purgeConversations(before);
      if (conversations !== null) merge.begin();
      // Collections first: the documents that only they held go with them.
      const removed = conversations ?? purgeLibraries(before) ?? purgeDocuments(before) ?? purgeVectors();
      if (removed !== null) return { removed, isDone: false };
      if (merge.step()) return { removed: 0, isDone: false };
      removeNodes.run(before);
      removeSummaries.run(before);
      removePresets.run(before);
      return { removed: 0, isDone: true };
    }),
  };
}
