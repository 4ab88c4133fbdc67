import { openFileSource } from '../../parsing/protocol/file-source.ts';
import type { FileLocation } from '../../parsing/protocol/file-source.ts';
import type { DocumentId } from '../../shared/ids.ts';
import type { DocumentRepository } from '../../storage/storage.ts';

/** Bytes of one piece; the repository takes no more. */
const pieceBytes = 1024 * 1024;

/**
 * Keeps the bytes of a file that has no place of its own, so that its pages can be drawn again. Throws `file/*`, what the
 * storage throws, or the signal's reason.
 */
export async function keepBytes(
  id: DocumentId,
  file: FileLocation,
  documents: Pick<DocumentRepository, 'appendBytes'>,
  signal: AbortSignal,
): Promise<void> {
  const source = await openFileSource(file);
  try {
    for (let index = 0; ; index += 1) {
      signal.throwIfAborted();
      // Each piece is its own: the storage may still hold it when the next is read.
      const piece = new Uint8Array(Math.min(pieceBytes, Math.max(0, source.sizeBytes - index * pieceBytes)));
      const length = await source.read(piece, index * pieceBytes);
      const isLast = (index + 1) * pieceBytes >= source.sizeBytes || length < piece.length;
      await documents.appendBytes(id, index, piece.subarray(0, length), isLast);
      if (isLast) return;
    }
  } finally {
    await source.close();
  }
}
