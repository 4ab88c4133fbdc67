import { createPublicKey, verify } from 'node:crypto';
import { AppError } from '../../shared/app-error.ts';
import { updateFeedSchema } from '../../shared/update.ts';
import type { UpdateFeed } from '../../shared/update.ts';

/** First words of a feed; the signature follows in base64, and after the end of the line the bytes that it is of. */
export const feedMark = 'sotto-updates-1 ';

/** Bytes of a feed, its signature included, at most. */
export const feedLimitBytes = 64 * 1024;

const headLimitBytes = 200;

/**
 * Reads a feed whose signature (Ed25519, over the exact bytes after the first line) is by one of the keys. Nothing of it is
 * parsed before. Throws AppError `update/not-a-feed` for a page or another file, `update/wrong-signature`.
 *
 * @param publicKeys DER of SubjectPublicKeyInfo in base64; more than one while a key is replaced
 */
export function readSignedFeed(bytes: Uint8Array, publicKeys: readonly string[]): UpdateFeed {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = buffer.subarray(0, headLimitBytes).indexOf('\n');
  const head = buffer.subarray(0, Math.max(0, end)).toString('latin1');
  if (!head.startsWith(feedMark)) throw new AppError('update/not-a-feed', 'The answer is no feed of updates.');
  const signature = Buffer.from(head.slice(feedMark.length), 'base64');
  const payload = buffer.subarray(end + 1);
  if (!publicKeys.some((key) => isSigned(payload, signature, key))) {
    throw new AppError('update/wrong-signature', 'The feed of updates is not signed by a known key.');
  }
  const parsed = updateFeedSchema.safeParse(parseJson(payload));
  // Signed, and still not understood: made for a later version of this reader.
  if (!parsed.success) throw new AppError('update/not-a-feed', 'The signed feed has another form.');
  return parsed.data;
}

function isSigned(payload: Buffer, signature: Buffer, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' && verify(null, payload, key, signature);
  } catch {
    return false;
  }
}

function parseJson(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString('utf8'));
  } catch {
    return null;
  }
}
