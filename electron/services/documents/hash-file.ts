import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { AppError } from '../../shared/app-error.ts';
import { documentHashSchema } from '../../shared/ids.ts';
import type { DocumentHash } from '../../shared/ids.ts';
import type { TicketedFile } from '../files/files-service.ts';

/**
 * SHA-256 of a file's bytes, read in pieces; null when it has more than `limitBytes`, where nobody wants to know.
 * Throws `file/unreadable`, or the signal's reason.
 */
export async function hashFile(
  { path, name }: Pick<TicketedFile, 'path' | 'name'>,
  limitBytes: number,
  signal: AbortSignal,
): Promise<DocumentHash | null> {
  const hash = createHash('sha256');
  let length = 0;
  try {
    for await (const piece of createReadStream(path, { signal, highWaterMark: 256 * 1024 })) {
      // A stream without an encoding yields buffers; its type does not know.
      const bytes = piece as Buffer;
      length += bytes.length;
      if (length > limitBytes) return null;
      hash.update(bytes);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw new AppError('file/unreadable', 'The file cannot be read.', { name }, { cause: error });
  }
  return documentHashSchema.parse(hash.digest('hex'));
}
