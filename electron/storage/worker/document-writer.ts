import type Database from 'better-sqlite3-multiple-ciphers';
import type { Passage } from '../../shared/document.ts';
import type { DocumentHead } from '../document-operations.ts';
import type { StoredPage } from '../storage.ts';
import { cutIntoStretches } from './document-text.ts';
import { packRuns } from './page-runs.ts';

/** A document as it was handed over bit by bit. */
export type GatheredDocument = {
  readonly head: DocumentHead;
  readonly text: string;
  readonly passages: readonly Passage[];
  readonly pages: readonly StoredPage[];
};

/** Writes passages with their words; the number of the first comes back, null when there is none. */
function createPassageWriter(database: Database) {
  const insertPassage = database.prepare(`
    INSERT INTO passages (id, document_number, start_offset, end_offset, page, first_line, last_line, headings, text)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const insertWords = database.prepare('INSERT INTO passage_words (rowid, headings, text) VALUES (?, ?, ?)');
  const awaitVectors = database.prepare(`
    INSERT INTO awaited_vectors (index_number, document_number, passage_number)
    SELECT i.number, p.document_number, p.number FROM vector_indexes i, passages p
    WHERE i.state <> 'dropped' AND p.document_number = ?`);

  const write = (documentNumber: number, { id, place, headings, text }: Passage): number => {
    const { start, end, page, lines } = place;
    const headingsJson = JSON.stringify(headings);
    const at = [start, end, page ?? null, lines?.first ?? null, lines?.last ?? null] as const;
    const number = Number(insertPassage.run(id, documentNumber, ...at, headingsJson, text).lastInsertRowid);
    insertWords.run(number, headingsJson, text);
    return number;
  };

  return (documentNumber: number, passages: readonly Passage[]): number | null => {
    // They get neighbouring numbers, one after the other: a scope is a few ranges of numbers then.
    const numbers = passages.map((passage) => write(documentNumber, passage));
    awaitVectors.run(documentNumber);
    return numbers[0] ?? null;
  };
}

/** Writes a document with everything that belongs to it; call what it returns inside a transaction. */
export function createDocumentWriter(database: Database): (document: GatheredDocument) => void {
  const insertDocument = database.prepare(`
    INSERT INTO documents (id, hash, name, format, size_bytes, characters, words, lines, pages, passages,
      passages_indexed, status, error, headings, added_at, title, report, is_loose)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?)`);
  const insertStretch = database.prepare(
    'INSERT INTO document_texts (document_number, start_offset, text) VALUES (?, ?, ?)',
  );
  const insertPage = database.prepare(`
    INSERT INTO document_pages (document_number, page, start_offset, end_offset, label, reading, width, height, runs)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const setFirstPassage = database.prepare('UPDATE documents SET first_passage = ? WHERE number = ?');
  const writePassages = createPassageWriter(database);

  const writeHead = ({ description, headings }: DocumentHead, passages: number): number => {
    const { id, hash, name, format, sizeBytes, characters, words, lines, pages, status, error, ...rest } = description;
    const counts = [sizeBytes, characters, words, lines, pages, passages];
    const { lastInsertRowid } = insertDocument.run(
      id,
      hash,
      name,
      format,
      ...counts,
      status,
      error && JSON.stringify(error),
      JSON.stringify(headings),
      rest.addedAt,
      rest.title,
      JSON.stringify(rest.report),
      Number(rest.isLoose),
    );
    return Number(lastInsertRowid);
  };

  return ({ head, text, passages, pages }) => {
    const number = writeHead(head, passages.length);
    for (const stretch of cutIntoStretches(text)) insertStretch.run(number, stretch.start, stretch.text);
    for (const { page, runs } of pages) {
      const { start, end, label, reading, size } = page;
      const place = [start, end, label, reading, size?.width ?? null, size?.height ?? null] as const;
      insertPage.run(number, page.page, ...place, packRuns(runs));
    }
    setFirstPassage.run(writePassages(number, passages), number);
  };
}
