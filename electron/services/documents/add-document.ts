import type { DocumentReader, ReadDocument } from '../../parsing/document-reader.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { documentSizeLimitBytes } from '../../shared/document.ts';
import type { DocumentDescription } from '../../shared/document.ts';
import type { Storage } from '../../storage/storage.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import type { DocumentIndexer } from './document-indexer.ts';
import { toDocumentRecord } from './document-record.ts';
import type { FileToAdd } from './documents-service.ts';
import { hashFile } from './hash-file.ts';
import { createKnownDocuments } from './known-documents.ts';
import type { ReadingBoard } from './reading-board.ts';

/** What adding needs. */
export type AddDocumentOptions = {
  readonly storage: Pick<Storage, 'documents'>;
  /** Reads what a person waits for, wherever it will lie. */
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

const isAwaitedBy = ({ isLoose, isAwaited = isLoose }: FileToAdd): boolean => isAwaited;

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
  const { storage, reader, backgroundReader, settings, indexer, board, clock, onChange } = options;
  const { documents } = storage;
  const [asked, background, storing] = [createLine(), createLine(), createLine()];
  const known = createKnownDocuments(options);

  const read = async (request: FileToAdd, signal: AbortSignal): Promise<ReadDocument> => {
    signal.throwIfAborted();
    const { recognitionLanguages } = await settings.get();
    const { file } = request;
    if (!isAwaitedBy(request)) return await backgroundReader.read(file, { signal, recognitionLanguages });
    const { progress: onProgress, end } = board.begin(file.name);
    try {
      return await reader.read(file, { signal, recognitionLanguages, onProgress });
    } finally {
      end();
    }
  };

  const store = async (request: FileToAdd, content: ReadDocument, signal: AbortSignal) => {
    const before = await known.find(content.hash, request, signal);
    if (before !== null) return before;
    const { name } = request.file;
    const arrival = { name, isLoose: request.isLoose, addedAt: clock.now() };
    const { document, passages } = await toDocumentRecord(content, arrival);
    signal.throwIfAborted();
    await documents.insert(document, passages);
    await known.rememberOrigin(document.description, request, signal);
    indexer.enqueue({ ...document.description, isLoose: isAwaitedBy(request) });
    onChange();
    return document.description;
  };

  return {
    async add(request, signal) {
      const hash = await hashFile(request.file, documentSizeLimitBytes, signal);
      const before = hash === null ? null : await known.find(hash, request, signal);
      if (before !== null) return before;
      return await (isAwaitedBy(request) ? asked : background).run(async () => {
        const content = await read(request, signal);
        return await storing.run(() => store(request, content, signal));
      });
    },
    async settled() {
      await Promise.all([asked.end(), background.end()]);
      await storing.end();
    },
  };
}
