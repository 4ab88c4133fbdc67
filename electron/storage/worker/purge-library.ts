import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { readRows } from './rows.ts';

/** Passages, files or vectors that one batch removes at most: a turn that others wait for stays short. */
const batchSize = 200;

const idRowSchema = z.object({ id: z.string() });
const numberRowSchema = z.object({ number: z.int() });

/** Removes one batch: how many records went with it for good, null where nothing was left to remove. */
export type PurgeStep = (before: number) => number | null;

/** Removes deleted documents with all that belongs to them; their summaries stay. */
export function createDocumentPurge(database: Database): PurgeStep {
  const selectRemoved = database.prepare('SELECT number FROM documents WHERE deleted_at < ? LIMIT 1');
  const firstPassages = `SELECT number FROM passages WHERE document_number = ? LIMIT ${batchSize}`;
  // From its first batch on it cannot be brought back: the undo would find half of it.
  const forget = database.prepare('UPDATE documents SET deleted_at = 0 WHERE number = ?');
  const removeWords = database.prepare(`
    INSERT INTO passage_words (passage_words, rowid, headings, text)
    SELECT 'delete', number, headings, text FROM passages WHERE number IN (${firstPassages})`);
  const countRemovals = database.prepare(`
    UPDATE vector_indexes SET removals = removals + 1 WHERE number IN (
      SELECT index_number FROM vectors WHERE passage_number IN (${firstPassages}))`);
  const removeVectors = database.prepare(`DELETE FROM vectors WHERE passage_number IN (${firstPassages})`);
  const removeAwaited = database.prepare(`
    DELETE FROM awaited_vectors WHERE document_number = ? AND index_number IN (SELECT number FROM vector_indexes)`);
  const removePassages = database.prepare(`DELETE FROM passages WHERE number IN (${firstPassages})`);
  const removeRest = [
    'DELETE FROM document_texts WHERE document_number = ?',
    'DELETE FROM document_pages WHERE document_number = ?',
    'DELETE FROM document_origins WHERE document_number = ?',
    'DELETE FROM document_bytes WHERE document_number = ?',
    // What a removed document was read from is read again when it is wanted.
    "UPDATE library_files SET status = 'waiting' WHERE document_number = ? AND status IN ('ready', 'indexing')",
    'UPDATE library_files SET document_number = NULL, hash = NULL WHERE document_number = ?',
    'DELETE FROM documents WHERE number = ?',
  ].map((sql) => database.prepare(sql));

  return (before) => {
    const [row] = readRows(numberRowSchema, selectRemoved.all(before));
    if (!row) return null;
    for (const statement of [forget, removeWords, countRemovals, removeVectors, removeAwaited])
      statement.run(row.number);
    if (removePassages.run(row.number).changes === batchSize) return 0;
    for (const statement of removeRest) statement.run(row.number);
    return 1;
  };
}

/** Removes deleted collections with their files, and marks the documents that nothing else holds. */
export function createLibraryPurge(database: Database): PurgeStep {
  const selectRemoved = database.prepare('SELECT id FROM collections WHERE deleted_at < ? LIMIT 1');
  const firstFiles = `SELECT number FROM library_files WHERE collection_id = ? ORDER BY number LIMIT ${batchSize}`;
  const forget = database.prepare('UPDATE collections SET deleted_at = 0 WHERE id = ?');
  const selectDocuments = database.prepare(`
    SELECT DISTINCT document_number AS number FROM library_files
    WHERE number IN (${firstFiles}) AND document_number IS NOT NULL`);
  const removeFiles = database.prepare(`DELETE FROM library_files WHERE number IN (${firstFiles})`);
  const removeDocument = database.prepare(`
    UPDATE documents SET deleted_at = 0 WHERE number = ? AND is_loose = 0 AND deleted_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM library_files WHERE document_number = documents.number)`);
  const removeSources = database.prepare('DELETE FROM library_sources WHERE collection_id = ?');
  const removeCollection = database.prepare('DELETE FROM collections WHERE id = ?');

  return (before) => {
    const [row] = readRows(idRowSchema, selectRemoved.all(before));
    if (!row) return null;
    forget.run(row.id);
    const held = readRows(numberRowSchema, selectDocuments.all(row.id));
    const removed = removeFiles.run(row.id).changes;
    for (const { number } of held) removeDocument.run(number);
    if (removed < batchSize) {
      removeSources.run(row.id);
      removeCollection.run(row.id);
    }
    return 0;
  };
}

/** Removes the vectors of indexes that were dropped. */
export function createVectorPurge(database: Database): () => number | null {
  const selectDropped = database.prepare("SELECT number FROM vector_indexes WHERE state = 'dropped' LIMIT 1");
  const removeVectors = database.prepare(`
    DELETE FROM vectors WHERE number IN (SELECT number FROM vectors WHERE index_number = ? LIMIT ${batchSize * 10})`);
  const removeIndex = database.prepare('DELETE FROM vector_indexes WHERE number = ?');

  return () => {
    const [row] = readRows(numberRowSchema, selectDropped.all());
    if (!row) return null;
    if (removeVectors.run(row.number).changes === 0) removeIndex.run(row.number);
    return 0;
  };
}
