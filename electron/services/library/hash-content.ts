import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { openFileSource } from '../../parsing/protocol/file-source.ts';
import { documentHashSchema } from '../../shared/ids.ts';
import type { DocumentHash } from '../../shared/ids.ts';

/** SHA-256 of the bytes at a path, read in pieces. Throws `file/not-found`, `file/unreadable`, or the signal's reason. */
export async function hashContent(path: string, signal: AbortSignal): Promise<DocumentHash> {
  const source = await openFileSource({ path, name: basename(path) });
  try {
    const hash = createHash('sha256');
    for await (const bytes of source.chunks()) {
      signal.throwIfAborted();
      hash.update(bytes);
    }
    return documentHashSchema.parse(hash.digest('hex'));
  } finally {
    await source.close();
  }
}
