import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import { hasPageImages } from '../../shared/document.ts';
import type { DocumentDescription } from '../../shared/document.ts';
import type { DocumentHash } from '../../shared/ids.ts';
import type { Storage } from '../../storage/storage.ts';
import type { DocumentIndexer } from './document-indexer.ts';
import type { FileToAdd } from './documents-service.ts';
import { keepBytes } from './keep-bytes.ts';

/** What knowing documents again needs. */
export type KnownDocumentsOptions = {
  readonly storage: Pick<Storage, 'documents'>;
  readonly indexer: Pick<DocumentIndexer, 'enqueue'>;
  readonly logger: Logger;
  readonly onChange: () => void;
};

/** Documents whose bytes were read before, and where they are. */
export interface KnownDocuments {
  /** The document of these bytes, which becomes loose when a person adds it and is tried again when it had failed; or null. */
  find(hash: DocumentHash, request: FileToAdd, signal: AbortSignal): Promise<DocumentDescription | null>;
  /** Remembers where the bytes are; keeps them where they are nowhere and have pages to show. Throws only the signal's reason. */
  rememberOrigin(document: DocumentDescription, request: FileToAdd, signal: AbortSignal): Promise<void>;
}

/** Makes the look-up. */
export function createKnownDocuments(options: KnownDocumentsOptions): KnownDocuments {
  const { storage, indexer, logger, onChange } = options;
  const { documents } = storage;

  const storeOrigin = async (document: DocumentDescription, { file, origin }: FileToAdd, signal: AbortSignal) => {
    const { id, format } = document;
    if (origin === 'path') return await documents.setOrigin(id, { kind: 'path', path: file.path });
    // A document that has a file of its own somewhere is drawn from there.
    if (!hasPageImages(format) || (await documents.origin(id)) !== null) return;
    await keepBytes(id, file, documents, signal);
  };

  const rememberOrigin: KnownDocuments['rememberOrigin'] = async (document, request, signal) => {
    try {
      await storeOrigin(document, request, signal);
    } catch (error) {
      signal.throwIfAborted();
      // The text is kept, which is what matters; the viewer says that there is no picture.
      logger.warn('original-not-kept', { code: AppError.from(error).code });
    }
  };

  return {
    rememberOrigin,
    async find(hash, request, signal) {
      const known = await documents.findByHash(hash);
      if (known === null) return null;
      const change = {
        ...(request.isLoose && !known.isLoose ? { isLoose: true } : {}),
        // Adding it again is how a person asks to try again.
        ...(known.status === 'failed' ? ({ status: 'indexing', error: null } as const) : {}),
      };
      const document = { ...known, ...change };
      if (request.isLoose) await rememberOrigin(known, request, signal);
      if (Object.keys(change).length > 0) {
        await documents.update(known.id, change);
        onChange();
      }
      if (document.status === 'indexing') indexer.enqueue(document);
      return document;
    },
  };
}
