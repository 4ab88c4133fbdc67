import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import type { RescueReport } from '../../shared/access.ts';
import { mendDocuments, mendLibraries, mendVectors } from './mend-library.ts';
import { rebuildMessageIndex } from './message-index.ts';
import { renameSummaryStyles } from './rename-summary-styles.ts';
import { readRow, readRows } from './rows.ts';

const idRowSchema = z.object({ id: z.string() });
const countsRowSchema = z.object({ messages: z.int(), documents: z.int() });
const violationRowSchema = z.object({ table: z.string(), rowid: z.int().nullable() });

/** Conversations that are not whole: a row, a parent or the tip is missing. */
const brokenConversations = `
  SELECT DISTINCT conversation_id AS id FROM messages AS m
  WHERE NOT EXISTS (SELECT 1 FROM conversations WHERE id = m.conversation_id)
    OR (parent_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM messages WHERE id = m.parent_id AND conversation_id = m.conversation_id))
  UNION
  SELECT id FROM conversations AS c WHERE tip_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM messages WHERE id = c.tip_id AND conversation_id = c.id)`;

const mendConversations = `
  INSERT INTO conversations (id, title, tip_id, document_ids, created_at, updated_at)
    SELECT conversation_id, '', NULL, '[]', min(created_at), max(created_at) FROM messages
    WHERE conversation_id NOT IN (SELECT id FROM conversations) GROUP BY conversation_id;
  UPDATE messages AS m SET parent_id = NULL WHERE parent_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM messages WHERE id = m.parent_id AND conversation_id = m.conversation_id);
  UPDATE conversations AS c SET tip_id = (
      SELECT id FROM messages WHERE conversation_id = c.id ORDER BY created_at DESC, rowid DESC LIMIT 1)
    WHERE tip_id IS NULL OR NOT EXISTS (SELECT 1 FROM messages WHERE id = c.tip_id AND conversation_id = c.id);
  UPDATE conversations SET folder_id = NULL WHERE folder_id NOT IN (SELECT id FROM folders);`;

/** The chain begins anew from what is left: what was lost shows in the check, and what comes now hangs on the last one. */
const mendLedger = `
  UPDATE ledger_head SET entries = (SELECT coalesce(max(chain_number), 0) FROM ledger),
    chain_hash = coalesce((SELECT chain_hash FROM ledger ORDER BY chain_number DESC NULLS LAST LIMIT 1), ''),
    unchained = (SELECT count(*) FROM ledger WHERE chain_number IS NULL)`;

/** Rows that refer to nothing are of no use; taking one may leave another without what it refers to. */
function removeViolations(database: Database): number {
  const find = (): readonly z.infer<typeof violationRowSchema>[] =>
    readRows(violationRowSchema, database.prepare('PRAGMA foreign_key_check').all());
  let removed = 0;
  for (let violations = find(); violations.length > 0; violations = find()) {
    for (const { table, rowid } of violations) {
      if (rowid === null) removed += database.prepare(`DELETE FROM "${table}"`).run().changes;
      else removed += database.prepare(`DELETE FROM "${table}" WHERE rowid = ?`).run(rowid).changes;
    }
  }
  return removed;
}

/**
 * Makes rescued records hold together again, and counts what there is. `incomplete` are conversations of which messages
 * are known to be missing. Call it inside a transaction.
 */
export function mendRecords(database: Database, incomplete: ReadonlySet<string>): RescueReport {
  const broken = readRows(idRowSchema, database.prepare(brokenConversations).all()).map(({ id }) => id);
  const notWhole = new Set([...broken, ...incomplete]);
  database.exec(mendConversations);
  // What a damaged file of an older version had comes as that version wrote it.
  renameSummaryStyles(database);
  const lostDocuments = mendDocuments(database);
  mendLibraries(database);
  database.exec(mendLedger);
  mendVectors(database);
  const removed = removeViolations(database);
  const present = readRows(
    idRowSchema,
    database.prepare('SELECT id FROM conversations WHERE deleted_at IS NULL').all(),
  );
  const counts = readRow(
    countsRowSchema,
    database
      .prepare(
        `SELECT
          (SELECT count(*) FROM messages JOIN conversations AS c ON c.id = conversation_id WHERE deleted_at IS NULL) AS messages,
          (SELECT count(*) FROM documents WHERE deleted_at IS NULL) AS documents`,
      )
      .get(),
  );
  const conversations = present.filter(({ id }) => !notWhole.has(id)).length;
  return { ...counts, conversations, unreadable: lostDocuments + removed };
}

/** Fills the full-text indexes of rescued records; missing vectors come back when the app indexes the documents again. */
export function rebuildIndexes(database: Database): void {
  database.transaction(() => {
    rebuildMessageIndex(database);
    database.exec("INSERT INTO passage_words (passage_words) VALUES ('rebuild')");
  })();
}
