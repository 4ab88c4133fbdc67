import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { documentDescriptionSchema } from '../../shared/document.ts';
import type { Passage } from '../../shared/document.ts';
import type { DocumentId } from '../../shared/ids.ts';
import { headingsSchema } from '../operations.ts';
import type { Handlers, OperationsOf } from '../operations.ts';
import type { StoredDocument } from '../storage.ts';
import { cutIntoStretches, stretchLength } from './document-text.ts';
import { jsonColumn, readOptionalRow, readRow, readRows, requireChanged, requireFound } from './rows.ts';

const shape = documentDescriptionSchema.unwrap().shape;
const rowSchema = documentDescriptionSchema.unwrap().extend({ error: jsonColumn(shape.error.unwrap()).nullable() });
const headingsRowSchema = z.object({ headings: jsonColumn(headingsSchema) });
const stretchRowSchema = z.object({ start: z.int().nonnegative(), text: z.string() });

const select = `
  SELECT id, hash, name, format, size_bytes AS sizeBytes, characters, words, lines, pages, passages,
    passages_indexed AS passagesIndexed, status, error, added_at AS addedAt
  FROM documents WHERE deleted_at IS NULL`;

/** Writes a document with its passages and their words; call it inside a transaction. */
function createDocumentWriter(database: Database) {
  const insertDocument = database.prepare(`
    INSERT INTO documents (id, hash, name, format, size_bytes, characters, words, lines, pages, passages,
      passages_indexed, status, error, headings, added_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?)`);
  const insertStretch = database.prepare(
    'INSERT INTO document_texts (document_number, start_offset, text) VALUES (?, ?, ?)',
  );
  const insertPassage = database.prepare(`
    INSERT INTO passages (id, document_number, start_offset, end_offset, page, first_line, last_line, headings, text)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const insertWords = database.prepare('INSERT INTO passage_words (rowid, headings, text) VALUES (?, ?, ?)');

  const writePassage = (documentNumber: number | bigint, { id, place, headings, text }: Passage): void => {
    const { start, end, page, lines } = place;
    const headingsJson = JSON.stringify(headings);
    const { lastInsertRowid } = insertPassage.run(
      id,
      documentNumber,
      start,
      end,
      page ?? null,
      lines?.first ?? null,
      lines?.last ?? null,
      headingsJson,
      text,
    );
    insertWords.run(lastInsertRowid, headingsJson, text);
  };

  return (document: StoredDocument, passages: readonly Passage[]): void => {
    const { description, text, headings } = document;
    const { id, hash, name, format, sizeBytes, characters, words, lines, pages, status, error, addedAt } = description;
    const counts = [sizeBytes, characters, words, lines, pages, passages.length];
    const errorJson = error && JSON.stringify(error);
    const { lastInsertRowid: number } = insertDocument.run(
      id,
      hash,
      name,
      format,
      ...counts,
      status,
      errorJson,
      JSON.stringify(headings),
      addedAt,
    );
    for (const stretch of cutIntoStretches(text)) insertStretch.run(number, stretch.start, stretch.text);
    for (const passage of passages) writePassage(number, passage);
  };
}

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

/** The work behind the repository of documents. */
export function createDocumentOperations(database: Database): Handlers<OperationsOf<'documents'>> {
  const selectAll = database.prepare(`${select} ORDER BY added_at DESC, number DESC`);
  const selectOne = database.prepare(`${select} AND id = ?`);
  const selectByHash = database.prepare(`${select} AND hash = ?`);
  const selectHeadings = database.prepare('SELECT headings FROM documents WHERE id = ? AND deleted_at IS NULL');
  const update = database.prepare('UPDATE documents SET name = ?, status = ?, error = ? WHERE id = ?');
  const remove = database.prepare('UPDATE documents SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL');
  const restore = database.prepare('UPDATE documents SET deleted_at = NULL WHERE id = ? AND deleted_at IS NOT 0');
  const get = (id: DocumentId) => readOptionalRow(rowSchema, selectOne.get(id));
  const readText = createTextReader(database);
  const write = database.transaction(createDocumentWriter(database));
  const staged = new Map<DocumentId, Passage[]>();

  return {
    'documents.list': () => readRows(rowSchema, selectAll.all()),
    'documents.get': get,
    'documents.findByHash': (hash) => readOptionalRow(rowSchema, selectByHash.get(hash)),
    'documents.stagePassages': (id, offset, passages) => {
      staged.set(id, [...(staged.get(id) ?? []).slice(0, offset), ...passages]);
    },
    'documents.insert': (document) => {
      const { id } = document.description;
      const passages = staged.get(id) ?? [];
      staged.delete(id);
      write(document, passages);
    },
    'documents.update': database.transaction((id, change) => {
      const next = documentDescriptionSchema.parse({ ...requireFound(get(id), 'document'), ...change });
      update.run(next.name, next.status, next.error && JSON.stringify(next.error), id);
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
