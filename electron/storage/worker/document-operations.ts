import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { documentDescriptionSchema } from '../../shared/document.ts';
import { documentIdSchema } from '../../shared/ids.ts';
import type { DocumentId } from '../../shared/ids.ts';
import { headingsSchema } from '../document-operations.ts';
import type { Handlers, OperationsOf } from '../operations.ts';
import { stretchLength } from './document-text.ts';
import { createDocumentWriter } from './document-writer.ts';
import { createOriginOperations, createPageOperations } from './page-operations.ts';
import { flagColumn, jsonColumn, readOptionalRow, readRow, readRows, requireChanged, requireFound } from './rows.ts';
import { scopeValues, scopedDocuments } from './scope.ts';
import { createStagedDocuments } from './staged-documents.ts';

const shape = documentDescriptionSchema.unwrap().shape;
const rowSchema = documentDescriptionSchema.unwrap().extend({
  error: jsonColumn(shape.error.unwrap()).nullable(),
  report: jsonColumn(shape.report),
  isLoose: flagColumn,
});
const idRowSchema = z.object({ id: documentIdSchema });
const headingsRowSchema = z.object({ headings: jsonColumn(headingsSchema) });
const stretchRowSchema = z.object({ start: z.int().nonnegative(), text: z.string() });

const select = `
  SELECT id, hash, name, title, format, size_bytes AS sizeBytes, characters, words, lines, pages, passages,
    passages_indexed AS passagesIndexed, status, error, report, is_loose AS isLoose,
    added_at AS addedAt
  FROM documents WHERE deleted_at IS NULL`;

/** Reads `text.slice(start, end)` from the stretches that it touches. */
function createTextReader(database: Database) {
  const selectStretches = database.prepare(`
    SELECT start_offset AS start, document_texts.text
    FROM document_texts JOIN documents ON number = document_number
    WHERE id = ? AND deleted_at IS NULL AND start_offset > ? AND start_offset < ?
    ORDER BY start_offset`);

  return (id: DocumentId, start: number, end: number): string => {
    const stretches = readRows(stretchRowSchema, selectStretches.all(id, start - stretchLength, end));
    const [first] = stretches;
    if (!first) return '';
    return stretches
      .map(({ text }) => text)
      .join('')
      .slice(Math.max(0, start - first.start), end - first.start);
  };
}

/** Documents that nothing holds: neither a person nor a file of a collection, a removed collection's among them. */
export const orphanedDocuments = `
  is_loose = 0 AND deleted_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM library_files WHERE document_number = documents.number)`;

/** The work that looks for documents, or for many at once. */
function createSelections(
  database: Database,
): Handlers<`documents.${'list' | 'unindexed' | 'inScope' | 'removeOrphans'}`> {
  const selectLoose = database.prepare(`${select} AND is_loose = 1 ORDER BY added_at DESC, number DESC`);
  const selectUnindexed = database.prepare(`
    SELECT id FROM documents
    WHERE status = 'indexing' AND deleted_at IS NULL AND (is_loose = 1 OR EXISTS (
      SELECT 1 FROM library_files f JOIN collections c ON c.id = f.collection_id
      WHERE f.document_number = documents.number AND c.deleted_at IS NULL))
    ORDER BY is_loose DESC, number`);
  const selectInScope = database.prepare(
    `SELECT id FROM documents WHERE number IN (${scopedDocuments}) ORDER BY number LIMIT ?`,
  );
  const selectOrphans = database.prepare(`SELECT id FROM documents WHERE ${orphanedDocuments} ORDER BY number`);
  const removeOrphans = database.prepare(`UPDATE documents SET deleted_at = ? WHERE ${orphanedDocuments}`);
  const toIds = (rows: readonly unknown[]): readonly DocumentId[] => readRows(idRowSchema, rows).map(({ id }) => id);

  return {
    'documents.list': () => readRows(rowSchema, selectLoose.all()),
    'documents.unindexed': () => toIds(selectUnindexed.all()),
    'documents.inScope': (scope, limit) => toIds(selectInScope.all(...scopeValues(scope), limit)),
    'documents.removeOrphans': database.transaction((deletedAt) => {
      const ids = toIds(selectOrphans.all());
      removeOrphans.run(deletedAt);
      return ids;
    }),
  };
}

/** The work behind the repository of documents. */
export function createDocumentOperations(database: Database): Handlers<OperationsOf<'documents'>> {
  const selectOne = database.prepare(`${select} AND id = ?`);
  const selectByHash = database.prepare(`${select} AND hash = ?`);
  const selectHeadings = database.prepare('SELECT headings FROM documents WHERE id = ? AND deleted_at IS NULL');
  const update = database.prepare('UPDATE documents SET name = ?, status = ?, error = ?, is_loose = ? WHERE id = ?');
  const remove = database.prepare('UPDATE documents SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL');
  const restore = database.prepare('UPDATE documents SET deleted_at = NULL WHERE id = ? AND deleted_at IS NOT 0');
  const get = (id: DocumentId) => readOptionalRow(rowSchema, selectOne.get(id));
  const readText = createTextReader(database);
  const write = database.transaction(createDocumentWriter(database));
  const staged = createStagedDocuments();

  return {
    ...createSelections(database),
    ...createPageOperations(database),
    ...createOriginOperations(database),
    ...staged.handlers,
    'documents.get': get,
    'documents.findByHash': (hash) => readOptionalRow(rowSchema, selectByHash.get(hash)),
    'documents.insert': (head) => write({ head, ...staged.take(head.description.id) }),
    'documents.update': database.transaction((id, change) => {
      const next = documentDescriptionSchema.parse({ ...requireFound(get(id), 'document'), ...change });
      update.run(next.name, next.status, next.error && JSON.stringify(next.error), Number(next.isLoose), id);
    }),
    'documents.headings': (id) => {
      const row = requireFound(selectHeadings.get(id) ?? null, 'document');
      return readRow(headingsRowSchema, row).headings;
    },
    'documents.text': (id, start, end) => {
      requireFound(get(id), 'document');
      return readText(id, start, end);
    },
    'documents.remove': (id, deletedAt) => requireChanged(remove.run(deletedAt, id), 'document'),
    'documents.restore': (id) => requireChanged(restore.run(id), 'document'),
  };
}
