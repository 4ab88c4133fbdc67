import { createHash } from 'node:crypto';
import { openFileSource } from '../../parsing/protocol/file-source.ts';
import type { FileLocation } from '../../parsing/protocol/file-source.ts';
import { documentHashSchema } from '../../shared/ids.ts';
import type { DocumentHash } from '../../shared/ids.ts';

/**
 * SHA-256 of a file's bytes, read in pieces; null when it has more than `limitBytes`, where nobody wants to know.
 * Throws `file/not-found`, `file/is-folder`, `file/unreadable`, or the signal's reason.
 */
export async function hashFile(
  file: FileLocation,
  limitBytes: number,
  signal: AbortSignal,
): Promise<DocumentHash | null> {
  signal.throwIfAborted();
  const source = await openFileSource(file);
  try {
    const hash = createHash('sha256');
    let length = 0;
    for await (const bytes of source.chunks()) {
      signal.throwIfAborted();
      length += bytes.length;
      if (length > limitBytes) return null;
      hash.update(bytes);
    }
    return documentHashSchema.parse(hash.digest('hex'));
  } finally {
    await source.close();
  }
}
