import { createCipheriv, createDecipheriv } from 'node:crypto';

// A sealed file is its content in chunks, each encrypted by itself so that any of them can be read alone. Its key is made
// for it and never written down, so a counter serves as nonce.

const algorithm = 'aes-256-gcm';

/** Bytes of a key. */
export const sealKeyBytes = 32;

/** Bytes of content in every chunk but the last, which has as many, fewer, or none where the content is empty. */
export const sealedChunkBytes = 64 * 1024;

/** By so many bytes a sealed chunk is longer than its content. */
export const sealTagBytes = 16;

/** Where a chunk stands. That it is the last is sealed too: a file that was cut off does not open. */
export type ChunkPlace = { readonly index: number; readonly isLast: boolean };

function nonceFor({ index, isLast }: ChunkPlace): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt8(isLast ? 1 : 0, 0);
  nonce.writeUIntBE(index, 6, 6);
  return nonce;
}

/** Encrypts a chunk. No two contents may be sealed with the same key for the same place. */
export function sealChunk(content: Uint8Array, key: Uint8Array, place: ChunkPlace): Buffer {
  const cipher = createCipheriv(algorithm, key, nonceFor(place));
  return Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}

/** The content of a chunk; null for one that is not as it was sealed, or was for another key or place. */
export function openChunk(sealed: Uint8Array, key: Uint8Array, place: ChunkPlace): Buffer | null {
  if (sealed.length < sealTagBytes) return null;
  const decipher = createDecipheriv(algorithm, key, nonceFor(place), { authTagLength: sealTagBytes });
  decipher.setAuthTag(sealed.subarray(-sealTagBytes));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -sealTagBytes)), decipher.final()]);
  } catch {
    return null;
  }
}
