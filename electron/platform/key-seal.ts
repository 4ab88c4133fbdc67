import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
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
type ScryptCost = SealedKey['scrypt'];

/**
 * 128 MiB for each guess. OWASP's Password Storage Cheat Sheet, section scrypt, as its first choice: N = 2^17, r = 8,
 * p = 1.
 */
const cost: ScryptCost = { logN: 17, r: 8, p: 1 };
/** More than a guess may cost this machine's memory, so that a made-up file cannot fill it. */
const memoryLimitBytes = 1024 ** 3;
const lengths = { salt: 16, nonce: 12, tag: 16, key: 32 } as const;

/** Bytes that scrypt works in: RFC 7914, section 5, with what OpenSSL needs beside the large block. */
function memoryOf({ logN, r, p }: ScryptCost): number {
  return 128 * r * (2 ** logN + p + 2);
}

function deriveKey(passphrase: string, salt: Uint8Array, { logN, r, p }: ScryptCost): Promise<Buffer> {
  // The same word arrives in different code points from another keyboard or system: a composed "ä" or an "a" with marks,
  // a ligature or its letters.
  const password = Buffer.from(passphrase.normalize('NFKC'), 'utf8');
  const options = { N: 2 ** logN, r, p, maxmem: memoryOf({ logN, r, p }) + 1024 };
  return new Promise((resolve, reject) => {
    scrypt(password, salt, lengths.key, options, (error, key) => {
      password.fill(0);
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

/** What is authenticated beside the key: with a cheaper cost or another salt the seal does not open. */
function associatedData({ logN, r, p }: ScryptCost, salt: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`sotto key seal 1;scrypt;${logN};${r};${p};`, 'utf8'), salt]);
}

/**
 * Seals a key, in about as long as a guess takes an attacker. Every call has a new salt and nonce, and zeroes what it
 * derived; `key` stays the caller's. Throws for a key that is empty.
 */
export async function sealKey(key: Uint8Array, passphrase: string): Promise<SealedKey> {
  if (key.length === 0) throw new RangeError('There is no key to seal.');
  const salt = randomBytes(lengths.salt);
  const nonce = randomBytes(lengths.nonce);
  const sealingKey = await deriveKey(passphrase, salt, cost);
  try {
    const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce).setAAD(associatedData(cost, salt));
    const sealed = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()]);
    return {
      scrypt: cost,
      salt: salt.toString('base64'),
      nonce: nonce.toString('base64'),
      sealed: sealed.toString('base64'),
    };
  } finally {
    sealingKey.fill(0);
  }
}

/**
 * The key, which the caller zeroes after use; null for another passphrase, and for a seal that was changed, which cannot be
 * told apart. A seal that would take more than 1 GiB of memory is not tried.
 */
export async function openSealedKey(sealedKey: SealedKey, passphrase: string): Promise<Uint8Array | null> {
  const salt = Buffer.from(sealedKey.salt, 'base64');
  const nonce = Buffer.from(sealedKey.nonce, 'base64');
  const sealed = Buffer.from(sealedKey.sealed, 'base64');
  if (memoryOf(sealedKey.scrypt) > memoryLimitBytes + 1024 ** 2) return null;
  if (salt.length !== lengths.salt || nonce.length !== lengths.nonce || sealed.length <= lengths.tag) return null;
  const sealingKey = await deriveKey(passphrase, salt, sealedKey.scrypt);
  try {
    const decipher = createDecipheriv('aes-256-gcm', sealingKey, nonce, { authTagLength: lengths.tag });
    decipher.setAAD(associatedData(sealedKey.scrypt, salt)).setAuthTag(sealed.subarray(-lengths.tag));
    const opened = decipher.update(sealed.subarray(0, -lengths.tag));
    try {
      decipher.final();
      return new Uint8Array(opened);
    } catch {
      return null;
    } finally {
      opened.fill(0);
    }
  } finally {
    sealingKey.fill(0);
  }
}
