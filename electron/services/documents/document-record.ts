import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReadDocument } from '../../parsing/document-reader.ts';
import type { DocumentDescription, Passage } from '../../shared/document.ts';
import { createId, documentIdSchema, passageIdSchema } from '../../shared/ids.ts';
import type { StoredDocument } from '../../storage/storage.ts';

/** A document as it is stored, with its passages. */
export type DocumentRecord = { readonly document: StoredDocument; readonly passages: readonly Passage[] };

/** Passages made before others may run; each takes a few microseconds. */
const sliceLength = 1_000;

/** Makes the record of a document that was read; the process stays responsive however long it is. */
export async function toDocumentRecord(read: ReadDocument, name: string, addedAt: number): Promise<DocumentRecord> {
  const id = createId(documentIdSchema);
  const description: DocumentDescription = {
    id,
    hash: read.hash,
    name,
    format: read.format,
    sizeBytes: read.sizeBytes,
    characters: read.text.length,
    words: read.words,
    lines: read.lines,
    pages: read.pageStarts?.length ?? null,
    passages: read.passages.length,
    passagesIndexed: 0,
    status: 'indexing',
    error: null,
    addedAt,
  };
  const passages: Passage[] = [];
  for (const { start, end, lines, headings } of read.passages) {
    const place = { documentHash: read.hash, start, end, lines };
    const text = read.text.slice(start, end);
    passages.push({ id: createId(passageIdSchema), documentId: id, documentName: name, place, headings, text });
    if (passages.length % sliceLength === 0) await nextTurn();
  }
  return { document: { description, text: read.text, headings: read.headings }, passages };
}
