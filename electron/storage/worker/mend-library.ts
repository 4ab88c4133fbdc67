import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { storedSourceSchema } from '../library-operations.ts';
import { foldCase } from './fold-case.ts';
import { readRows } from './rows.ts';

/** Documents of which a stretch of text or a passage is gone: half a document would be searched as if it were whole. */
const brokenDocuments = `
  SELECT number FROM documents AS d
  WHERE d.passages <> (SELECT count(*) FROM passages WHERE document_number = d.number)
    OR d.characters > (SELECT ifnull(sum(length(text)), 0) FROM document_texts WHERE document_number = d.number)`;

/** Pages and originals that are not whole are let go: the text is there, and what it was read from can be shown again. */
const mendParts = `
  DELETE FROM documents WHERE number IN (SELECT number FROM broken_documents);
  DELETE FROM document_texts WHERE document_number NOT IN (SELECT number FROM documents);
  DELETE FROM passages WHERE document_number NOT IN (SELECT number FROM documents);
  DELETE FROM document_pages WHERE document_number NOT IN (
    SELECT d.number FROM documents d
    WHERE d.pages = (SELECT count(*) FROM document_pages WHERE document_number = d.number));
  DELETE FROM document_origins WHERE document_number NOT IN (SELECT number FROM documents);
  DELETE FROM document_origins AS o WHERE kind = 'bytes'
    AND size_bytes <> (SELECT ifnull(sum(length(bytes)), 0) FROM document_bytes WHERE document_number = o.document_number);
  DELETE FROM document_bytes WHERE document_number NOT IN (
    SELECT document_number FROM document_origins WHERE kind = 'bytes');
  UPDATE documents SET first_passage = (SELECT min(number) FROM passages WHERE document_number = documents.number);`;

/** Lets broken documents go; returns how many there were. */
export function mendDocuments(database: Database): number {
  database.exec(`CREATE TEMP TABLE broken_documents AS ${brokenDocuments}`);
  const lost = Number(database.prepare('SELECT count(*) FROM broken_documents').pluck().get());
  database.exec(`${mendParts} DROP TABLE broken_documents;`);
  return lost;
}

const lostCollectionSchema = z.object({ id: z.string(), path: storedSourceSchema.unwrap().shape.path });

/**
 * A collection that is gone comes back where a source of it is left, named after that. Files without their source go, as
 * the next walk would find none of them; those without their document are read again.
 */
export function mendLibraries(database: Database): void {
  const lost = database.prepare(`
    SELECT collection_id AS id, min(path) AS path FROM library_sources
    WHERE collection_id NOT IN (SELECT id FROM collections) GROUP BY collection_id`);
  const insert = database.prepare(
    'INSERT INTO collections (id, name, name_key, created_at) VALUES (?, ?, ?, 0) ON CONFLICT DO NOTHING',
  );
  for (const { id, path } of readRows(lostCollectionSchema, lost.all())) {
    const name =
      path
        .split(/[\\/]/)
        .findLast((part) => part !== '')
        ?.slice(0, 100) ?? path;
    const isTaken = insert.run(id, name, foldCase(name)).changes === 0;
    if (isTaken) insert.run(id, `${name.slice(0, 60)} ${id}`, foldCase(`${name.slice(0, 60)} ${id}`));
  }
  database.exec(`
    DELETE FROM library_files WHERE source_id NOT IN (SELECT id FROM library_sources)
      OR collection_id NOT IN (SELECT id FROM collections);
    UPDATE library_files SET document_number = NULL, hash = NULL,
      status = CASE WHEN status IN ('ready', 'indexing') THEN 'waiting' ELSE status END
      WHERE document_number NOT IN (SELECT number FROM documents);
    DELETE FROM summary_nodes WHERE summary_id NOT IN (SELECT id FROM summaries);`);
}

/** Keeps the vectors whose index and passage are left, and lists what is missing. */
export function mendVectors(database: Database): void {
  database.exec(`
    DELETE FROM vectors WHERE index_number NOT IN (SELECT number FROM vector_indexes)
      OR passage_number NOT IN (SELECT number FROM passages);
    DELETE FROM awaited_vectors;
    INSERT INTO awaited_vectors SELECT i.number, p.document_number, p.number FROM vector_indexes i, passages p
      WHERE i.state <> 'dropped'
        AND NOT EXISTS (SELECT 1 FROM vectors v WHERE v.index_number = i.number AND v.passage_number = p.number);
    UPDATE documents SET passages_indexed = ifnull(
      (SELECT passages - (
          SELECT count(*) FROM awaited_vectors a WHERE a.index_number = i.number AND a.document_number = documents.number)
        FROM vector_indexes i WHERE i.state = 'serving'), 0);
    UPDATE documents SET status = 'indexing', error = NULL WHERE passages_indexed < passages;`);
}
