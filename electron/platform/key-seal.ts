import { z } from 'zod';

const base64 = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/);

/**
 * A database key that only a passphrase opens: AES-256-GCM under a key by scrypt (RFC 7914). The parameters travel along,
 * so that later versions may raise them.
 */
export const sealedKeySchema = z
  .object({
    /** Cost as a power of two, block size, parallelisation. */
    scrypt: z
      .object({ logN: z.int().min(14).max(22), r: z.int().min(8).max(32), p: z.int().min(1).max(16) })
      .readonly(),
    salt: base64,
    nonce: base64,
    sealed: base64,
  })
  .readonly();
export type SealedKey = z.infer<typeof sealedKeySchema>;
