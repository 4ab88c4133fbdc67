import { access, constants, rm, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { Readable } from 'node:stream';
import { isNodeError } from '../../platform/node-error.ts';
import { AppError } from '../../shared/app-error.ts';
import { safeFileName } from '../../shared/file-name.ts';
import { createId, fileTicketSchema } from '../../shared/ids.ts';
import type { FileTicket } from '../../shared/ids.ts';
import { untilAborted } from '../../shared/until-aborted.ts';
import type { FilesService, FileSummary, TicketedFile } from './files-service.ts';
import { writeUpload } from './write-upload.ts';

/** What the service is made of. */
export type FilesServiceOptions = {
  /** Absolute; for uploads and nothing else: removed with all that is in it, now and on close. */
  readonly temporaryFolder: string;
};

/** Size in bytes of a regular file that can be read. */
async function measureFile(path: string): Promise<number> {
  try {
    const status = await stat(path);
    if (status.isDirectory()) throw new AppError('file/is-folder', 'The path is a folder.');
    // A pipe or a device would never end.
    if (!status.isFile()) throw new AppError('file/unreadable', 'The path is not a regular file.');
    await access(path, constants.R_OK);
    return status.size;
  } catch (error) {
    if (AppError.isInstance(error)) throw error;
    const code = isNodeError(error, 'ENOENT', 'ENOTDIR') ? 'file/not-found' : 'file/unreadable';
    throw new AppError(code, 'The file cannot be read.', { name: safeFileName(path) }, { cause: error });
  }
}

/** The same bytes until the signal ends them, also while the sender is silent. */
async function* untilClosing(
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, void> {
  const iterator = bytes[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await untilAborted(iterator.next(), signal);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    // A sender that is silent cannot be waited for.
    void iterator.return?.().catch(() => undefined);
  }
}

/** Makes the service, and removes what an app that was killed left behind. */
export async function createFilesService({ temporaryFolder }: FilesServiceOptions): Promise<FilesService> {
  const files = new Map<FileTicket, TicketedFile>();
  const uploads = new Set<Promise<unknown>>();
  const closing = new AbortController();
  await rm(temporaryFolder, { recursive: true, force: true });

  const keep = (file: TicketedFile): FileSummary => {
    files.set(file.ticket, file);
    const { ticket, name, sizeBytes } = file;
    return { ticket, name, sizeBytes };
  };

  const ticketForUpload: FilesService['ticketForUpload'] = async (name, bytes, limitBytes) => {
    closing.signal.throwIfAborted();
    const ticket = createId(fileTicketSchema);
    const path = join(temporaryFolder, ticket);
    const writing = writeUpload(untilClosing(bytes, closing.signal), { path, limitBytes });
    uploads.add(writing);
    const upload = await writing.finally(() => uploads.delete(writing));
    return keep({ ticket, path, name: safeFileName(name), ...upload });
  };

  return {
    async ticketForPath(path) {
      if (!isAbsolute(path)) throw new AppError('app/invalid-input', 'The path is not absolute.');
      const sizeBytes = await measureFile(path);
      return keep({ ticket: createId(fileTicketSchema), path, name: safeFileName(path), sizeBytes });
    },
    ticketForUpload,
    async ticketForText(name, text) {
      const bytes = new TextEncoder().encode(text);
      return await ticketForUpload(name, Readable.from([bytes]), bytes.byteLength);
    },
    resolve(ticket) {
      const file = files.get(ticket);
      if (!file) throw new AppError('file/unknown-ticket', 'There is no file behind this ticket.');
      return file;
    },
    async release(ticket) {
      files.delete(ticket);
      // An upload has its ticket's name; a file of the user's own is not in this folder.
      await rm(join(temporaryFolder, ticket), { force: true });
    },
    async close() {
      closing.abort(new AppError('app/closing', 'Sotto is closing.'));
      await Promise.allSettled(uploads);
      files.clear();
      await rm(temporaryFolder, { recursive: true, force: true });
    },
  };
}
