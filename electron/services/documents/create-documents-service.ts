import type { InferenceEngine } from '../../inference/engine.ts';
import type { DocumentReader } from '../../parsing/document-reader.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import { documentSizeLimitBytes } from '../../shared/document.ts';
import type { DocumentDescription } from '../../shared/document.ts';
import type { DocumentHash, DocumentId } from '../../shared/ids.ts';
import type { Storage } from '../../storage/storage.ts';
import type { FilesService, TicketedFile } from '../files/files-service.ts';
import type { ModelsService } from '../models/models-service.ts';
import { createChangeSignal } from './change-signal.ts';
import { createDocumentIndexer } from './document-indexer.ts';
import { toDocumentRecord } from './document-record.ts';
import type { DocumentsService } from './documents-service.ts';
import { readExcerpt } from './read-excerpt.ts';
import { hashFile } from './hash-file.ts';
import { searchPassages } from './search-passages.ts';

/** What the service is made of. */
export type DocumentsServiceOptions = {
  readonly storage: Pick<Storage, 'documents' | 'passages'>;
  readonly reader: DocumentReader;
  readonly engine: InferenceEngine;
  readonly models: Pick<ModelsService, 'embedder'>;
  readonly files: Pick<FilesService, 'resolve'>;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** Makes the service, and goes on with what an earlier run left half indexed. */
export function createDocumentsService(options: DocumentsServiceOptions): DocumentsService {
  const { storage, reader, engine, models, files, clock, logger } = options;
  const changes = createChangeSignal();
  const closing = new AbortController();
  const indexer = createDocumentIndexer({ storage, engine, models, clock, logger, onChange: changes.notify });
  // The same file dropped twice at once is read twice and stored once: the second waits for the first.
  let storing: Promise<unknown> = Promise.resolve();

  const get = async (id: DocumentId): Promise<DocumentDescription> => {
    const found = await storage.documents.get(id);
    if (!found) throw new AppError('app/not-found', 'There is no such document.', { kind: 'document' });
    return found;
  };

  const findUsable = async (hash: DocumentHash): Promise<DocumentDescription | null> => {
    const known = await storage.documents.findByHash(hash);
    if (known?.status !== 'failed') return known;
    // Adding it again is how a person asks to try again.
    await storage.documents.update(known.id, { status: 'indexing', error: null });
    indexer.enqueue(known);
    return get(known.id);
  };

  const readAndStore = async (file: TicketedFile, signal: AbortSignal): Promise<DocumentDescription> => {
    const read = await reader.read({ path: file.path, name: file.name }, { signal });
    const known = await findUsable(read.hash);
    if (known) return known;
    const { document, passages } = await toDocumentRecord(read, file.name, clock.now());
    signal.throwIfAborted();
    await storage.documents.insert(document, passages);
    indexer.enqueue(document.description);
    changes.notify();
    return document.description;
  };

  const resume = async (): Promise<void> => {
    for (const document of await storage.documents.list()) {
      if (document.status === 'indexing') indexer.enqueue(document);
    }
  };
  const resumed = resume().catch((error: unknown) => {
    logger.warn('indexing-not-resumed', { code: AppError.from(error).code });
  });

  return {
    list: () => storage.documents.list(),
    get,
    async add(ticket, signal) {
      const file = files.resolve(ticket);
      const hash = await hashFile(file.path, documentSizeLimitBytes, signal);
      const known = hash === null ? null : await findUsable(hash);
      if (known) return known;
      const stored = storing.then(() => readAndStore(file, AbortSignal.any([signal, closing.signal])));
      storing = stored.catch(() => undefined);
      return stored;
    },
    async remove(id) {
      indexer.drop(id);
      await storage.documents.remove(id);
      changes.notify();
    },
    async *watch(signal) {
      while (!signal.aborted) {
        const changed = changes.next(signal);
        yield await storage.documents.list();
        await changed;
      }
    },
    async whenIndexed(id, signal) {
      for (;;) {
        signal.throwIfAborted();
        const changed = changes.next(signal);
        const document = await get(id);
        if (document.status !== 'indexing') return document;
        await changed;
      }
    },
    excerpt: async (id, start, end) => readExcerpt(storage, await get(id), start, end),
    async content(id) {
      const { characters } = await get(id);
      const [text, headings] = await Promise.all([
        storage.documents.text(id, 0, characters),
        storage.documents.headings(id),
      ]);
      return { text, headings };
    },
    search: (request, signal) =>
      searchPassages(request, { passages: storage.passages, engine, models, logger }, signal),
    get progress() {
      return indexer.progress;
    },
    onProgress: changes.subscribe,
    async close() {
      closing.abort(new AppError('app/closing', 'Sotto is closing.'));
      await resumed;
      await indexer.close();
      await storing;
    },
  };
}
