import { createCipheriv, randomBytes, scryptSync } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { openSealedKey, sealKey, sealedKeySchema } from './key-seal.ts';
import type { SealedKey } from './key-seal.ts';

const passphrase = 'four unrelated words here';

/** The same text with one character of its base64 changed. */
function damage(base64: string, at: number): string {
  return base64.slice(0, at) + (base64[at] === 'A' ? 'B' : 'A') + base64.slice(at + 1);
}

/**
 * A seal at the lowest cost there may be, written here byte by byte: a change of the format that leaves the files of users
 * closed shows. `authenticated` is the cost that the seal vouches for.
 */
function cheapSeal(key: Uint8Array, { authenticated = 'sotto key seal 1;scrypt;14;8;1;' } = {}): SealedKey {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const sealingKey = scryptSync(passphrase, salt, 32, { N: 2 ** 14, r: 8, p: 1 });
  const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce);
  if (authenticated !== '') cipher.setAAD(Buffer.concat([Buffer.from(authenticated), salt]));
  const sealed = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()]);
  return {
    scrypt: { logN: 14, r: 8, p: 1 },
    salt: salt.toString('base64'),
    nonce: nonce.toString('base64'),
    sealed: sealed.toString('base64'),
  };
}

// A guess takes its time, and more on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

describe('sealKey', () => {
  it('opens with the passphrase and with no other, and never looks the same twice', async () => {
    const key = randomBytes(32);
    const sealed = sealedKeySchema.parse(JSON.parse(JSON.stringify(await sealKey(key, passphrase))));
    const again = await sealKey(key, passphrase);
    expect(Buffer.from((await openSealedKey(sealed, passphrase)) ?? [])).toEqual(key);
    expect(await openSealedKey(sealed, `${passphrase} `)).toBeNull();
    // A salt or nonce used twice would let one guess try two files.
    expect(new Set([sealed.salt, sealed.nonce, sealed.sealed, again.salt, again.nonce, again.sealed]).size).toBe(6);
    expect(JSON.stringify(sealed)).not.toContain(key.toString('base64'));
  });

  it('opens however the keyboard composes the letters', async () => {
    const key = randomBytes(32);
    const sealed = await sealKey(key, 'Brücke über den ﬂuss 😀');
    const decomposed = 'Brücke über den fluss 😀'.normalize('NFD');
    expect(Buffer.from((await openSealedKey(sealed, decomposed)) ?? [])).toEqual(key);
  });

  it('takes the longest passphrase and refuses an empty key', async () => {
    const key = randomBytes(32);
    const longest = '😀'.repeat(512);
    expect(Buffer.from((await openSealedKey(await sealKey(key, longest), longest)) ?? [])).toEqual(key);
    await expect(sealKey(new Uint8Array(), passphrase)).rejects.toThrow(RangeError);
  });
});

describe('openSealedKey', () => {
  it('does not open a seal in which anything was changed', async () => {
    const key = randomBytes(32);
    const sealed = cheapSeal(key);
    expect(Buffer.from((await openSealedKey(sealed, passphrase)) ?? [])).toEqual(key);
    expect(await openSealedKey(sealed, '')).toBeNull();
    for (const changed of [
      { ...sealed, salt: damage(sealed.salt, 3) },
      { ...sealed, nonce: damage(sealed.nonce, 3) },
      { ...sealed, sealed: damage(sealed.sealed, sealed.sealed.length - 4) },
      { ...sealed, sealed: sealed.sealed.slice(0, 20) },
      { ...sealed, salt: 'AAAA' },
      { ...sealed, nonce: 'AAAA' },
      { ...sealed, scrypt: { ...sealed.scrypt, logN: 15 } },
      { ...sealed, scrypt: { ...sealed.scrypt, p: 2 } },
    ]) {
      expect(await openSealedKey(changed, passphrase)).toBeNull();
    }
  });

  // A file whose costs were lowered by somebody who knows the derived key must still say so: the costs are authenticated.
  it('authenticates the cost', async () => {
    for (const authenticated of ['', 'sotto key seal 1;scrypt;17;8;1;']) {
      expect(await openSealedKey(cheapSeal(randomBytes(32), { authenticated }), passphrase)).toBeNull();
    }
  });

  it('does not fill the memory for a made-up file', async () => {
    const sealed = cheapSeal(randomBytes(32));
    // 16 GiB for one guess.
    const greedy = sealedKeySchema.parse({ ...sealed, scrypt: { logN: 22, r: 32, p: 16 } });
    expect(await openSealedKey(greedy, passphrase)).toBeNull();
  });
});
