import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileLocation } from '../../../parsing/protocol/file-source.ts';
import { documentSizeLimitBytes } from '../../../shared/document.ts';
import type { DocumentDescription } from '../../../shared/document.ts';
import type { DocumentHash } from '../../../shared/ids.ts';
import type { Storage } from '../../../storage/storage.ts';
import { hashFile } from '../hash-file.ts';

/** Where the bytes of a document are now. */
export type Original =
  | { readonly kind: 'file'; readonly file: FileLocation }
  /** In the database. */
  | { readonly kind: 'kept' }
  | { readonly kind: 'changed' }
  | { readonly kind: 'missing' };

/** What is remembered of files that were looked at: hashing a large one for each page would be felt. */
export type KnownHashes = Map<string, DocumentHash | null>;

/** Files whose hash is remembered. */
const knownLimit = 200;

/** Hash of the file as it is now; null when it cannot be read, and `missing` when it is not there. */
async function hashNow(path: string, name: string, known: KnownHashes, signal: AbortSignal) {
  let key: string;
  try {
    const { size, mtimeMs, ino } = await stat(path);
    key = `${path}\n${size}\n${mtimeMs}\n${ino}`;
  } catch {
    return 'missing';
  }
  const before = known.get(key);
  if (before !== undefined) return before;
  const hash = await hashFile({ path, name }, documentSizeLimitBytes, signal).catch(() => null);
  signal.throwIfAborted();
  if (known.size >= knownLimit) known.clear();
  known.set(key, hash);
  return hash;
}

async function candidatePaths(
  { id }: DocumentDescription,
  { documents, libraryFiles }: Pick<Storage, 'documents' | 'libraryFiles'>,
): Promise<{ readonly paths: readonly string[]; readonly isKept: boolean }> {
  const [origin, files] = await Promise.all([documents.origin(id), libraryFiles.ofDocument(id)]);
  const own = origin?.kind === 'path' ? [origin.path] : [];
  const inLibrary = [...files]
    .sort((one, other) => other.modifiedAt - one.modifiedAt)
    .map(({ sourceKind, sourcePath, path }) =>
      sourceKind === 'file' ? sourcePath : join(sourcePath, ...path.split('/')),
    );
  return { paths: [...new Set([...own, ...inLibrary])], isKept: origin?.kind === 'bytes' };
}

/**
 * Looks for a file that still has the bytes that the document was read from: where it was added from, then the files of
 * collections, newest first, then what is kept of it. `changed` when only files with other bytes are left.
 */
export async function findOriginal(
  document: DocumentDescription,
  storage: Pick<Storage, 'documents' | 'libraryFiles'>,
  known: KnownHashes,
  signal: AbortSignal,
): Promise<Original> {
  const { paths, isKept } = await candidatePaths(document, storage);
  let isChanged = false;
  for (const path of paths) {
    const hash = await hashNow(path, document.name, known, signal);
    if (hash === document.hash) return { kind: 'file', file: { path, name: document.name } };
    isChanged ||= hash !== 'missing';
  }
  if (isKept) return { kind: 'kept' };
  return { kind: isChanged ? 'changed' : 'missing' };
}
