import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { AppError } from '../../shared/app-error.ts';
import { documentPageSchema } from '../../shared/document.ts';
import type { DocumentId } from '../../shared/ids.ts';
import { documentOriginSchema } from '../document-operations.ts';
import type { Handlers } from '../operations.ts';
import { unpackRuns } from './page-runs.ts';
import { readOptionalRow, readRow, readRows, requireFound } from './rows.ts';

const numberRowSchema = z.object({ number: z.int() });
const pageRowSchema = documentPageSchema
  .unwrap()
  .omit({ size: true })
  .extend({ width: z.number().nullable(), height: z.number().nullable() })
  .transform(({ width, height, ...page }) => ({
    ...page,
    size: width !== null && height !== null ? { width, height } : null,
  }));
const runsRowSchema = z.object({ runs: z.instanceof(Uint8Array) });
const originRowSchema = z
  .object({ kind: z.string(), path: z.string().nullable(), sizeBytes: z.int().nullable() })
  .transform(({ kind, path, sizeBytes }): unknown => (kind === 'path' ? { kind, path } : { kind, sizeBytes }))
  .pipe(documentOriginSchema);
const pieceRowSchema = z.object({ bytes: z.instanceof(Uint8Array) });
const piecesRowSchema = z.object({ pieces: z.int(), sizeBytes: z.int() });

const pageColumns = 'page, start_offset AS start, end_offset AS "end", label, reading, width, height';

/** The live document with that id, as the tables behind it name it. */
function createNumberReader(database: Database): (id: DocumentId) => number {
  const select = database.prepare('SELECT number FROM documents WHERE id = ? AND deleted_at IS NULL');
  return (id) => readRow(numberRowSchema, requireFound(select.get(id) ?? null, 'document')).number;
}

/** The work behind the pages of documents. */
export function createPageOperations(database: Database): Handlers<`documents.${'pages' | 'page'}`> {
  const numberOf = createNumberReader(database);
  const selectAll = database.prepare(
    `SELECT ${pageColumns} FROM document_pages WHERE document_number = ? ORDER BY page`,
  );
  const selectOne = database.prepare(
    `SELECT ${pageColumns}, runs FROM document_pages WHERE document_number = ? AND page = ?`,
  );

  return {
    'documents.pages': (id) => readRows(pageRowSchema, selectAll.all(numberOf(id))),
    'documents.page': (id, page) => {
      const row = selectOne.get(numberOf(id), page);
      if (row === undefined) return null;
      return { page: readRow(pageRowSchema, row), runs: unpackRuns(readRow(runsRowSchema, row).runs) };
    },
  };
}

/** The work behind the originals of documents. */
export function createOriginOperations(
  database: Database,
): Handlers<`documents.${'origin' | 'setOrigin' | 'appendBytes' | 'bytes'}`> {
  const numberOf = createNumberReader(database);
  const select = database.prepare(
    'SELECT kind, path, size_bytes AS sizeBytes FROM document_origins WHERE document_number = ?',
  );
  const put = database.prepare(
    'INSERT OR REPLACE INTO document_origins (document_number, kind, path, size_bytes) VALUES (?, ?, ?, ?)',
  );
  const removeOrigin = database.prepare('DELETE FROM document_origins WHERE document_number = ?');
  const removeBytes = database.prepare('DELETE FROM document_bytes WHERE document_number = ?');
  const insertPiece = database.prepare('INSERT INTO document_bytes (document_number, piece, bytes) VALUES (?, ?, ?)');
  const countPieces = database.prepare(`
    SELECT count(*) AS pieces, ifnull(sum(length(bytes)), 0) AS sizeBytes FROM document_bytes WHERE document_number = ?`);
  const selectPiece = database.prepare('SELECT bytes FROM document_bytes WHERE document_number = ? AND piece = ?');

  const append: Handlers['documents.appendBytes'] = (id, index, bytes, isLast) => {
    const number = numberOf(id);
    if (index === 0) {
      // A new beginning: what an attempt that was broken off left is of no use.
      removeBytes.run(number);
      removeOrigin.run(number);
    }
    const count = (): z.infer<typeof piecesRowSchema> => readRow(piecesRowSchema, countPieces.get(number));
    if (count().pieces !== index) throw new AppError('app/invalid-input', 'A piece of the original is missing.');
    insertPiece.run(number, index, bytes);
    if (isLast) put.run(number, 'bytes', null, count().sizeBytes);
  };

  return {
    'documents.origin': (id) => readOptionalRow(originRowSchema, select.get(numberOf(id))),
    'documents.setOrigin': database.transaction((id, { path }) => {
      const number = numberOf(id);
      removeBytes.run(number);
      put.run(number, 'path', path, null);
    }),
    'documents.appendBytes': database.transaction(append),
    'documents.bytes': (id, index) =>
      readOptionalRow(pieceRowSchema, selectPiece.get(numberOf(id), index))?.bytes ?? null,
  };
}
