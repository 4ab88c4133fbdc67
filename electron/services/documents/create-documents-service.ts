import type { InferenceEngine } from '../../inference/engine.ts';
import type { DocumentReader } from '../../parsing/document-reader.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import type { DocumentDescription } from '../../shared/document.ts';
import type { DocumentId } from '../../shared/ids.ts';
import type { Storage } from '../../storage/storage.ts';
import type { FilesService } from '../files/files-service.ts';
import type { ModelsService } from '../models/models-service.ts';
import { createDocumentAdder } from './add-document.ts';
import { createChangeSignal } from './change-signal.ts';
import type { ChangeSignal } from './change-signal.ts';
import { createDocumentIndexer } from './document-indexer.ts';
import type { DocumentIndexer } from './document-indexer.ts';
import type { DocumentsService } from './documents-service.ts';
import { readExcerpt } from './read-excerpt.ts';
import { searchPassages } from './search-passages.ts';

/** What the service is made of. */
export type DocumentsServiceOptions = {
  readonly storage: Pick<Storage, 'documents' | 'passages'>;
  readonly reader: DocumentReader;
  readonly engine: InferenceEngine;
  readonly models: Pick<ModelsService, 'embedder'>;
  readonly files: Pick<FilesService, 'resolve' | 'release'>;
  readonly clock: Clock;
  readonly logger: Logger;
};

type Reading = Pick<DocumentsService, 'list' | 'get' | 'watch' | 'whenIndexed' | 'excerpt' | 'content' | 'search'>;

/** Everything that only reads. */
function createReading({ storage, engine, models, logger }: DocumentsServiceOptions, changes: ChangeSignal): Reading {
  const get = async (id: DocumentId): Promise<DocumentDescription> => {
    const found = await storage.documents.get(id);
    if (!found) throw new AppError('app/not-found', 'There is no such document.', { kind: 'document' });
    return found;
  };
  return {
    list: () => storage.documents.list(),
    get,
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
  };
}

async function resumeIndexing({ storage, logger }: DocumentsServiceOptions, indexer: DocumentIndexer): Promise<void> {
  try {
    for (const document of await storage.documents.list()) {
      if (document.status === 'indexing') indexer.enqueue(document);
    }
  } catch (error) {
    logger.warn('indexing-not-resumed', { code: AppError.from(error).code });
  }
}

/** Makes the service, and goes on with what an earlier run left half indexed. */
export function createDocumentsService(options: DocumentsServiceOptions): DocumentsService {
  const { storage, reader, engine, models, files, clock, logger } = options;
  const changes = createChangeSignal();
  const closing = new AbortController();
  const indexer = createDocumentIndexer({ storage, engine, models, clock, logger, onChange: changes.notify });
  const adder = createDocumentAdder({ storage, reader, indexer, clock, onChange: changes.notify });
  const resumed = resumeIndexing(options, indexer);

  const reading = createReading(options, changes);
  return {
    ...reading,
    add: async (ticket, signal) => {
      const document = await adder.add(files.resolve(ticket), AbortSignal.any([signal, closing.signal]));
      await files.release(ticket);
      return document;
    },
    async remove(id) {
      indexer.drop(id);
      await storage.documents.remove(id);
      changes.notify();
    },
    async restore(id) {
      await storage.documents.restore(id);
      const document = await reading.get(id);
      if (document.status === 'indexing') indexer.enqueue(document);
      changes.notify();
      return document;
    },
    get progress() {
      return indexer.progress;
    },
    onProgress: changes.subscribe,
    async close() {
      closing.abort(new AppError('app/closing', 'Sotto is closing.'));
      await resumed;
      await indexer.close();
      await adder.settled();
    },
  };
}
