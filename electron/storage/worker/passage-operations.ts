import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { passageSchema } from '../../shared/document.ts';
import { documentHashSchema, documentIdSchema, passageIdSchema } from '../../shared/ids.ts';
import type { DocumentId } from '../../shared/ids.ts';
import type { Handlers, OperationsOf } from '../operations.ts';
import { toFullTextQuery } from './full-text-query.ts';
import { jsonColumn, readRow, readRows, requireFound } from './rows.ts';

const rowSchema = z
  .object({
    id: passageIdSchema,
    documentId: documentIdSchema,
    documentName: z.string(),
    documentHash: documentHashSchema,
    start: z.int().nonnegative(),
    end: z.int().nonnegative(),
    page: z.int().positive().nullable(),
    firstLine: z.int().positive().nullable(),
    lastLine: z.int().positive().nullable(),
    headings: jsonColumn(passageSchema.unwrap().shape.headings),
    text: z.string(),
  })
  .transform(({ id, documentId, documentName, documentHash, headings, text, ...at }) => ({
    id,
    documentId,
    documentName,
    place: {
      documentHash,
      start: at.start,
      end: at.end,
      ...(at.page !== null && { page: at.page }),
      ...(at.firstLine !== null && at.lastLine !== null && { lines: { first: at.firstLine, last: at.lastLine } }),
    },
    headings,
    text,
  }));
const scoreSchema = z.object({ score: z.number() });
const vectorOwnerSchema = z.object({ number: z.int(), documentNumber: z.int(), hasVector: z.literal([0, 1]) });

const columns = `p.id, d.id AS documentId, d.name AS documentName, d.hash AS documentHash, p.start_offset AS start,
  p.end_offset AS end, p.page, p.first_line AS firstLine, p.last_line AS lastLine, p.headings, p.text`;

const chosenDocuments = `
  SELECT number FROM documents WHERE deleted_at IS NULL AND id IN (SELECT value FROM json_each(?))`;

const toBytes = (vector: Float32Array): Uint8Array =>
  new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);

const toScored = (row: unknown) => ({ passage: readRow(rowSchema, row), score: readRow(scoreSchema, row).score });

/** Writes vectors, leaving out passages that have one; call the result inside a transaction. */
function createVectorWriter(database: Database) {
  const selectOwner = database.prepare(
    'SELECT number, document_number AS documentNumber, has_vector AS hasVector FROM passages WHERE id = ?',
  );
  const insertVector = database.prepare(
    'INSERT INTO passage_vectors (passage_number, document_number, vector) VALUES (?, ?, ?)',
  );
  const markPassage = database.prepare('UPDATE passages SET has_vector = 1 WHERE number = ?');
  const countPassage = database.prepare(
    'UPDATE documents SET passages_indexed = passages_indexed + 1 WHERE number = ?',
  );

  return (...[vectors]: Parameters<Handlers['passages.insertVectors']>): void => {
    for (const { passageId, vector } of vectors) {
      const row = requireFound(selectOwner.get(passageId) ?? null, 'passage');
      const { number, documentNumber, hasVector } = readRow(vectorOwnerSchema, row);
      if (hasVector === 1) continue;
      // The vector table takes its keys as 64-bit integers only; plain numbers are bound as floats.
      insertVector.run(BigInt(number), BigInt(documentNumber), toBytes(vector));
      markPassage.run(number);
      countPassage.run(documentNumber);
    }
  };
}

/** The work behind the repository of passages. */
export function createPassageOperations(database: Database): Handlers<OperationsOf<'passages'>> {
  const ofDocument = `
    SELECT ${columns} FROM passages p JOIN documents d ON d.number = p.document_number
    WHERE d.id = ? AND d.deleted_at IS NULL`;
  const selectAll = database.prepare(`${ofDocument} ORDER BY p.start_offset, p.number`);
  const selectWithoutVector = database.prepare(
    `${ofDocument} AND p.has_vector = 0 ORDER BY p.start_offset, p.number LIMIT ?`,
  );
  // Scores first and rows afterwards: sorting would otherwise carry the text of every match. A document's passages have
  // neighbouring numbers, so the range spares the index most of the others when few documents are chosen.
  const selectByWords = database.prepare(`
    WITH chosen AS MATERIALIZED (${chosenDocuments}),
    bounds AS MATERIALIZED (
      SELECT min(number) AS first, max(number) AS last FROM passages WHERE document_number IN chosen
    )
    SELECT ${columns}, w.score
    FROM (
      SELECT number, -bm25(passage_words) AS score
      FROM passage_words CROSS JOIN passages ON number = passage_words.rowid
      WHERE passage_words MATCH ?
        AND passage_words.rowid BETWEEN (SELECT first FROM bounds) AND (SELECT last FROM bounds)
        AND document_number IN chosen
      ORDER BY score DESC, number LIMIT ?
    ) w
    JOIN passages p ON p.number = w.number
    JOIN documents d ON d.number = p.document_number
    ORDER BY w.score DESC, p.number`);
  // The filter is part of the vector search itself, so that k nearest of the chosen documents come back, not fewer.
  const selectByVector = database.prepare(`
    SELECT ${columns}, 1 - v.distance AS score
    FROM (
      SELECT passage_number, distance FROM passage_vectors
      WHERE vector MATCH ? AND k = ? AND document_number IN (${chosenDocuments})
    ) v
    JOIN passages p ON p.number = v.passage_number
    JOIN documents d ON d.number = p.document_number
    ORDER BY score DESC, p.number`);
  const toJson = (documentIds: readonly DocumentId[]): string => JSON.stringify(documentIds);

  return {
    'passages.ofDocument': (id) => readRows(rowSchema, selectAll.all(id)),
    'passages.withoutVector': (id, limit) => readRows(rowSchema, selectWithoutVector.all(id, limit)),
    'passages.insertVectors': database.transaction(createVectorWriter(database)),
    'passages.searchLexical': (query, documentIds, limit) => {
      const words = toFullTextQuery(query);
      return words === null ? [] : selectByWords.all(toJson(documentIds), words, limit).map(toScored);
    },
    'passages.searchDense': (vector, documentIds, limit) =>
      selectByVector.all(toBytes(vector), BigInt(limit), toJson(documentIds)).map(toScored),
  };
}
