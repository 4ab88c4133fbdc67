import type { DocumentReader } from '../../parsing/document-reader.ts';
import type { Clock } from '../../platform/clock.ts';
import { documentSizeLimitBytes } from '../../shared/document.ts';
import type { DocumentDescription } from '../../shared/document.ts';
import type { DocumentHash } from '../../shared/ids.ts';
import type { Storage } from '../../storage/storage.ts';
import type { TicketedFile } from '../files/files-service.ts';
import type { DocumentIndexer } from './document-indexer.ts';
import { toDocumentRecord } from './document-record.ts';
import { hashFile } from './hash-file.ts';

/** What adding needs. */
export type AddDocumentOptions = {
  readonly storage: Pick<Storage, 'documents'>;
  readonly reader: DocumentReader;
  readonly indexer: Pick<DocumentIndexer, 'enqueue'>;
  readonly clock: Clock;
  readonly onChange: () => void;
};

/** Adds documents, one after the other. */
export interface DocumentAdder {
  /** The document of these bytes: known already, or read, stored and waiting to be indexed. Throws what the reader throws. */
  add(file: TicketedFile, signal: AbortSignal): Promise<DocumentDescription>;
  /** Resolves when nothing is being added. */
  settled(): Promise<void>;
}

/** Makes an adder. The same file dropped twice at once is read twice and stored once: the second waits for the first. */
export function createDocumentAdder({ storage, reader, indexer, clock, onChange }: AddDocumentOptions): DocumentAdder {
  let storing: Promise<unknown> = Promise.resolve();

  const findUsable = async (hash: DocumentHash): Promise<DocumentDescription | null> => {
    const known = await storage.documents.findByHash(hash);
    if (known?.status !== 'failed') return known;
    // Adding it again is how a person asks to try again.
    await storage.documents.update(known.id, { status: 'indexing', error: null });
    indexer.enqueue(known);
    return { ...known, status: 'indexing', error: null };
  };

  const readAndStore = async (file: TicketedFile, signal: AbortSignal): Promise<DocumentDescription> => {
    const read = await reader.read(file, { signal });
    const known = await findUsable(read.hash);
    if (known) return known;
    const { document, passages } = await toDocumentRecord(read, file.name, clock.now());
    signal.throwIfAborted();
    await storage.documents.insert(document, passages);
    indexer.enqueue(document.description);
    onChange();
    return document.description;
  };

  return {
    async add(file, signal) {
      const hash = await hashFile(file, documentSizeLimitBytes, signal);
      const known = hash === null ? null : await findUsable(hash);
      if (known) return known;
      const stored = storing.then(() => readAndStore(file, signal));
      storing = stored.catch(() => undefined);
      return stored;
    },
    async settled() {
      await storing;
    },
  };
}
