import type { LibraryFile } from '../../shared/library.ts';
import type { StoredFile } from '../../storage/storage.ts';

/** A file as everyone may know it: the hash of its bytes is for comparing alone. */
export function toLibraryFile(file: StoredFile): LibraryFile {
  const { id, collectionId, sourceId, path, sizeBytes, modifiedAt, status, error, documentId } = file;
  return { id, collectionId, sourceId, path, sizeBytes, modifiedAt, status, error, documentId };
}
