import type { FileLocation } from '../../../parsing/protocol/file-source.ts';
import { documentSizeLimitBytes } from '../../../shared/document.ts';
import type { DocumentDescription } from '../../../shared/document.ts';
import type { DocumentId, FileTicket } from '../../../shared/ids.ts';
import type { Storage } from '../../../storage/storage.ts';
import type { FilesService } from '../../files/files-service.ts';

/** Originals that are kept in the database, as sealed temporary files: the drawing process opens files and nothing else. */
export interface KeptOriginals {
  /** Throws `disk/full`, `disk/not-writable`. */
  open(document: DocumentDescription): Promise<FileLocation>;
  forget(id: DocumentId): Promise<void>;
}

/** Files that lie open at once: whoever flips between more documents than this waits a moment. */
const openLimit = 4;

async function* piecesOf(id: DocumentId, { documents }: Pick<Storage, 'documents'>): AsyncGenerator<Uint8Array> {
  for (let index = 0; ; index += 1) {
    const piece = await documents.bytes(id, index);
    if (piece === null) return;
    yield piece;
  }
}

/** Makes the place; its files go with the temporary folder of uploads. */
export function createKeptOriginals(
  storage: Pick<Storage, 'documents'>,
  files: Pick<FilesService, 'ticketForUpload' | 'resolve' | 'release'>,
): KeptOriginals {
  const tickets = new Map<DocumentId, Promise<FileTicket>>();

  const write = async ({ id, name }: DocumentDescription): Promise<FileTicket> => {
    const { ticket } = await files.ticketForUpload(name, piecesOf(id, storage), documentSizeLimitBytes);
    return ticket;
  };
  const release = async (id: DocumentId): Promise<void> => {
    const ticket = tickets.get(id);
    tickets.delete(id);
    if (ticket !== undefined) await ticket.then((written) => files.release(written)).catch(() => undefined);
  };

  return {
    async open(document) {
      const { id, name } = document;
      const writing = tickets.get(id) ?? write(document);
      tickets.delete(id);
      tickets.set(id, writing);
      try {
        const { path, sealKey } = files.resolve(await writing);
        const [oldest] = tickets.keys();
        if (tickets.size > openLimit && oldest !== undefined) await release(oldest);
        return { path, name, ...(sealKey === undefined ? {} : { sealKey }) };
      } catch (error) {
        tickets.delete(id);
        throw error;
      }
    },
    forget: release,
  };
}
