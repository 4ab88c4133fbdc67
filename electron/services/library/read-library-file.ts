import { basename, dirname, join } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import { AppError } from '../../shared/app-error.ts';
import type { AppErrorCode } from '../../shared/app-error.ts';
import type { DocumentDescription } from '../../shared/document.ts';
import { safeFileName } from '../../shared/file-name.ts';
import { createId, libraryFileIdSchema } from '../../shared/ids.ts';
import type { DocumentHash } from '../../shared/ids.ts';
import type { Storage, StoredFile, StoredSource } from '../../storage/storage.ts';
import type { DocumentsService } from '../documents/documents-service.ts';
import { hashContent } from './hash-content.ts';
import { lookAtFile } from './walk-folder.ts';
import type { WalkedFile } from './walk-folder.ts';

/** What reading a file needs. */
export type FileReadingOptions = {
  readonly storage: Pick<Storage, 'libraryFiles' | 'documents'>;
  readonly documents: Pick<DocumentsService, 'addFile'>;
  readonly clock: Clock;
  /** A person added the file just now, and waits. Default false. */
  readonly isAwaited?: boolean;
};

/**
 * How it went: `read` stands for failed and skipped too; `gone` when the file is not where it was; `hot` when it was
 * written within the last second, and may be written still.
 */
export type ReadingResult =
  { readonly kind: 'read' } | { readonly kind: 'gone' } | { readonly kind: 'hot'; readonly againInMs: number };

/** A file that was written so lately may not be whole. */
const stableAfterMs = 1_000;

/** A file at fault in these ways is none that Sotto reads, which is no failure. */
const skipCodes: ReadonlySet<AppErrorCode> = new Set([
  'file/unsupported-format',
  'file/binary',
  'file/empty',
  'file/too-large',
]);

/** The file is not at fault, so it waits for better times. */
const isOursToMend = ({ code }: AppError): boolean =>
  /^(?:(?:storage|disk|access)\/|app\/(?:closing|not-found)$)/.test(code);

/** Where the bytes lie: absolute. */
export function locationOf({ path }: Pick<StoredFile, 'path'>, source: StoredSource): string {
  return source.kind === 'file' ? source.path : join(source.path, path);
}

/** What lies there now. */
async function look(file: Pick<StoredFile, 'path'>, source: StoredSource): Promise<WalkedFile | null> {
  return source.kind === 'file'
    ? await lookAtFile(dirname(source.path), basename(source.path))
    : await lookAtFile(source.path, file.path);
}

const isSame = (
  first: Pick<WalkedFile, 'sizeBytes' | 'modifiedAt'>,
  second: Pick<WalkedFile, 'sizeBytes' | 'modifiedAt'>,
) => first.sizeBytes === second.sizeBytes && first.modifiedAt === second.modifiedAt;

async function storeLook(
  found: WalkedFile,
  file: Pick<StoredFile, 'path' | 'sourceId' | 'collectionId'>,
  { storage }: Pick<FileReadingOptions, 'storage'>,
): Promise<void> {
  const { sizeBytes, modifiedAt, skipped } = found;
  const id = createId(libraryFileIdSchema);
  await storage.libraryFiles.put(file.sourceId, file.collectionId, [
    { id, path: file.path, sizeBytes, modifiedAt, skipped },
  ]);
}

/** What was read of these very bytes, when they were read before and only the time of the file is another. */
async function findRead(
  file: StoredFile,
  path: string,
  { storage }: FileReadingOptions,
  signal: AbortSignal,
): Promise<DocumentDescription | null> {
  if (file.hash === null || file.documentId === null) return null;
  const known = await storage.documents.get(file.documentId);
  if (known === null || known.status === 'failed' || known.hash !== file.hash) return null;
  return (await hashContent(path, signal)) === known.hash ? known : null;
}

async function link(file: StoredFile, document: DocumentDescription, { storage }: FileReadingOptions): Promise<void> {
  const { id: documentId, hash, status, error } = document;
  await storage.libraryFiles.update(file.id, { documentId, hash, status, error });
  // It may have become ready between its description and the line above.
  await storage.libraryFiles.followDocument(documentId);
}

async function storeFailure(
  file: StoredFile,
  path: string,
  error: AppError,
  { storage }: FileReadingOptions,
  signal: AbortSignal,
): Promise<void> {
  const hash: DocumentHash | null = await hashContent(path, signal).catch(() => null);
  // Without a hash it would look as if it had been left out unread, and be tried again at every walk.
  const status = skipCodes.has(error.code) && hash !== null ? 'skipped' : 'failed';
  await storage.libraryFiles.update(file.id, { status, error: error.toData(), hash, documentId: null });
}

async function readFresh(
  file: StoredFile,
  path: string,
  options: FileReadingOptions,
  signal: AbortSignal,
): Promise<void> {
  const { storage, documents, isAwaited = false } = options;
  await storage.libraryFiles.update(file.id, { status: 'reading' });
  try {
    const known = await findRead(file, path, options, signal);
    const location = { path, name: safeFileName(path) };
    const request = { file: location, origin: 'path', isLoose: false, isAwaited } as const;
    await link(file, known ?? (await documents.addFile(request, signal)), options);
  } catch (thrown) {
    const error = AppError.from(thrown);
    if (signal.aborted || isOursToMend(error) || error.code === 'file/not-found') {
      await storage.libraryFiles.update(file.id, { status: 'waiting' }).catch(() => undefined);
      throw thrown;
    }
    await storeFailure(file, path, error, options, signal);
  }
}

/**
 * Reads a file that waits, unless its bytes are known, and links it to its document. What is at fault with the file is
 * stored with it; what is not (the disk is full, the signal) is thrown, and the file waits on.
 */
export async function readLibraryFile(
  file: StoredFile,
  source: StoredSource,
  options: FileReadingOptions,
  signal: AbortSignal,
): Promise<ReadingResult> {
  const before = await look(file, source);
  if (before === null) return { kind: 'gone' };
  if (!isSame(before, file) || before.skipped !== null) await storeLook(before, file, options);
  if (before.skipped !== null) {
    await options.storage.libraryFiles.update(file.id, { status: 'skipped', error: before.skipped, documentId: null });
    return { kind: 'read' };
  }
  const ageMs = options.clock.now() - before.modifiedAt;
  if (ageMs >= 0 && ageMs < stableAfterMs) return { kind: 'hot', againInMs: stableAfterMs - ageMs };
  try {
    await readFresh(file, locationOf(file, source), options, signal);
  } catch (error) {
    if (AppError.isInstance(error) && ['file/not-found', 'app/not-found'].includes(error.code)) return { kind: 'gone' };
    throw error;
  }
  const after = await look(file, source);
  // Written to while it was read: what was read may be half old, so it is read again.
  if (after !== null && !isSame(after, before)) {
    await storeLook(after, file, options);
    // A walk may have seen the change first, and then what was read took its mark away.
    if (after.skipped === null) await options.storage.libraryFiles.update(file.id, { status: 'waiting' });
  }
  return { kind: 'read' };
}

/** The file of a source that is one file, noted without waiting for a walk; null when it is not there or not to be read. */
export async function noteSingleFile(
  source: StoredSource,
  options: Pick<FileReadingOptions, 'storage'>,
): Promise<StoredFile | null> {
  const { id: sourceId, collectionId, path } = source;
  const file = { sourceId, collectionId, path: basename(path) };
  const found = await look(file, source);
  if (found === null || found.skipped !== null) return null;
  await storeLook(found, file, options);
  const [noted] = await options.storage.libraryFiles.ofSource(sourceId, null, 1);
  return noted?.status === 'waiting' ? noted : null;
}
