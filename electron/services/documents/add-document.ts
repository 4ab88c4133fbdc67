import type { DocumentReader } from '../../parsing/document-reader.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import { documentSizeLimitBytes, hasPageImages } from '../../shared/document.ts';
import type { DocumentDescription } from '../../shared/document.ts';
import type { DocumentHash } from '../../shared/ids.ts';
import type { Storage } from '../../storage/storage.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import type { DocumentIndexer } from './document-indexer.ts';
import { toDocumentRecord } from './document-record.ts';
import type { FileToAdd } from './documents-service.ts';
import { hashFile } from './hash-file.ts';
import { keepBytes } from './keep-bytes.ts';
import type { ReadingBoard } from './reading-board.ts';

/** What adding needs. */
export type AddDocumentOptions = {
  readonly storage: Pick<Storage, 'documents'>;
  /** Reads what a person waits for. */
  readonly reader: DocumentReader;
  /** Reads what lies in collections, so that a long one there holds up nobody. */
  readonly backgroundReader: DocumentReader;
  readonly settings: Pick<SettingsService, 'get'>;
  readonly indexer: Pick<DocumentIndexer, 'enqueue'>;
  readonly board: ReadingBoard;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onChange: () => void;
};

/** Adds documents: those of a person one after the other, and beside them those of collections. */
export interface DocumentAdder {
  /** The document of these bytes: known already, or read, stored and waiting to be indexed. Throws what the reader throws. */
  add(request: FileToAdd, signal: AbortSignal): Promise<DocumentDescription>;
  /** Resolves when nothing is being added. */
  settled(): Promise<void>;
}

/** Work of one kind, one after the other, whatever becomes of it. */
function createLine(): { readonly run: <T>(work: () => Promise<T>) => Promise<T>; readonly end: () => Promise<void> } {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run: (work) => {
      const done = last.then(work);
      last = done.catch(() => undefined);
      return done;
    },
    end: async () => {
      await last;
    },
  };
}

/** Makes an adder. The same file dropped twice at once is read twice at most and stored once. */
export function createDocumentAdder(options: AddDocumentOptions): DocumentAdder {
  const { storage, reader, backgroundReader, settings, indexer, board, clock, logger, onChange } = options;
  const { documents } = storage;
  const [asked, background, storing] = [createLine(), createLine(), createLine()];

  const rememberOrigin = async (id: DocumentDescription['id'], request: FileToAdd, signal: AbortSignal) => {
    const { file, origin } = request;
    if (origin === 'path') return await documents.setOrigin(id, { kind: 'path', path: file.path });
    // A document that has a file of its own somewhere is drawn from there.
    if ((await documents.origin(id)) !== null) return;
    try {
      await keepBytes(id, file, documents, signal);
    } catch (error) {
      signal.throwIfAborted();
      // The text is kept, which is what matters; the viewer says that there is no picture.
      logger.warn('original-not-kept', { code: AppError.from(error).code });
    }
  };

  const takeKnown = async (
    known: DocumentDescription,
    request: FileToAdd,
    signal: AbortSignal,
  ): Promise<DocumentDescription> => {
    const change = {
      ...(request.isLoose && !known.isLoose ? { isLoose: true } : {}),
      // Adding it again is how a person asks to try again.
      ...(known.status === 'failed' ? ({ status: 'indexing', error: null } as const) : {}),
    };
    const document = { ...known, ...change };
    if (request.isLoose && (request.origin === 'path' || hasPageImages(known.format))) {
      await rememberOrigin(known.id, request, signal);
    }
    if (Object.keys(change).length > 0) await documents.update(known.id, change);
    if (document.status === 'indexing') indexer.enqueue(document);
    if (Object.keys(change).length > 0) onChange();
    return document;
  };

  const findKnown = async (hash: DocumentHash, request: FileToAdd, signal: AbortSignal) => {
    const known = await documents.findByHash(hash);
    return known === null ? null : await takeKnown(known, request, signal);
  };

  const readAndStore = async (request: FileToAdd, signal: AbortSignal): Promise<DocumentDescription> => {
    const { file, isLoose, origin } = request;
    signal.throwIfAborted();
    const { recognitionLanguages } = await settings.get();
    const reading = isLoose ? board.begin(file.name) : null;
    try {
      const read = await (isLoose ? reader : backgroundReader).read(file, {
        signal,
        recognitionLanguages,
        ...(reading === null ? {} : { onProgress: reading.progress }),
      });
      return await storing.run(async () => {
        const known = await findKnown(read.hash, request, signal);
        if (known !== null) return known;
        const { document, passages } = await toDocumentRecord(read, {
          name: file.name,
          isLoose,
          addedAt: clock.now(),
        });
        signal.throwIfAborted();
        await documents.insert(document, passages);
        const { description } = document;
        if (origin === 'path' || hasPageImages(description.format)) {
          await rememberOrigin(description.id, request, signal);
        }
        indexer.enqueue(description);
        return description;
      });
    } finally {
      reading?.end();
      onChange();
    }
  };

  return {
    async add(request, signal) {
      const hash = await hashFile(request.file, documentSizeLimitBytes, signal);
      const known = hash === null ? null : await findKnown(hash, request, signal);
      if (known !== null) return known;
      return await (request.isLoose ? asked : background).run(() => readAndStore(request, signal));
    },
    async settled() {
      await Promise.all([asked.end(), background.end()]);
      await storing.end();
    },
  };
}
