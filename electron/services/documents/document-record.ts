import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReadDocument } from '../../parsing/document-reader.ts';
import type { DocumentDescription, Passage } from '../../shared/document.ts';
import { createId, documentIdSchema, passageIdSchema } from '../../shared/ids.ts';
import type { StoredDocument, StoredPage } from '../../storage/storage.ts';

/** A document as it is stored, with its passages. */
export type DocumentRecord = { readonly document: StoredDocument; readonly passages: readonly Passage[] };

/** What is known of a document beside what was read of it. */
export type DocumentArrival = {
  /** Name as the user knows it. */
  readonly name: string;
  readonly isLoose: boolean;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
};

/** Passages made before others may run; each takes a few microseconds. */
const sliceLength = 1_000;

function describe(read: ReadDocument, { name, isLoose, addedAt }: DocumentArrival): DocumentDescription {
  return {
    id: createId(documentIdSchema),
    hash: read.hash,
    name,
    title: read.title,
    format: read.format,
    sizeBytes: read.sizeBytes,
    characters: read.text.length,
    words: read.words,
    lines: read.lines,
    pages: read.pages === null || read.pages.length === 0 ? null : read.pages.length,
    passages: read.passages.length,
    passagesIndexed: 0,
    status: 'indexing',
    error: null,
    report: read.report,
    isLoose,
    addedAt,
  };
}

/** Pages with their ends: each ends where the next begins. */
function toStoredPages({ pages, text }: ReadDocument): readonly StoredPage[] | null {
  if (pages === null || pages.length === 0) return null;
  return pages.map(({ start, label, reading, size, runs }, index) => ({
    page: { page: index + 1, start, end: pages[index + 1]?.start ?? text.length, label, reading, size },
    runs,
  }));
}

/** Makes the record of a document that was read; the process stays responsive however long it is. */
export async function toDocumentRecord(read: ReadDocument, arrival: DocumentArrival): Promise<DocumentRecord> {
  const description = describe(read, arrival);
  const { id: documentId, name: documentName, format } = description;
  const passages: Passage[] = [];
  for (const { start, end, lines, page, headings } of read.passages) {
    const place = {
      documentHash: read.hash,
      start,
      end,
      ...(page === null ? {} : { page }),
      ...(lines === null ? {} : { lines }),
    };
    const text = read.text.slice(start, end);
    passages.push({ id: createId(passageIdSchema), documentId, documentName, format, place, headings, text });
    if (passages.length % sliceLength === 0) await nextTurn();
  }
  const document = { description, text: read.text, pages: toStoredPages(read), headings: read.headings };
  return { document, passages };
}
