import { timingSafeEqual } from 'node:crypto';
import { applyChacha20, chachaBlockBytes } from './chacha20.ts';
import { poly1305 } from './poly1305.ts';

/** Bytes of a page of the database file, as SQLite makes it unless told otherwise. */
export const pageBytes = 4096;
const nonceBytes = 16;
const tagBytes = 16;
/** What a page has room for beside its nonce and its tag. */
export const usablePageBytes = pageBytes - nonceBytes - tagBytes;
/** The first page begins with 16 bytes of salt and 8 that tell the size of a page; they are authenticated, not encrypted. */
const clearBytesOfFirstPage = 24;

/** Reads pages of the file without SQLite: to tell a wrong key from damage, and to see pages that SQLite never reads. */
export type PageCipher = {
  /** True when this very page was written under the key, and not a bit of it has changed. */
  readonly isAuthentic: (page: Uint8Array, number: number) => boolean;
  /** The usable bytes of an authentic page; null for any other. Of page 1, the first 16 bytes stay the salt. */
  readonly decrypt: (page: Uint8Array, number: number) => Uint8Array | null;
};

/**
 * The library's page format for `chacha20`: nonce and tag stand at the page's end, the last word of the nonce xor the page
 * number counts, the first block of the key stream gives the keys of tag and page. `key` is copied.
 */
export function createPageCipher(key: Uint8Array): PageCipher {
  const secret = Uint8Array.from(key);

  const keysOf = (page: Uint8Array, number: number) => {
    const nonce = page.subarray(usablePageBytes, usablePageBytes + nonceBytes);
    const counter = Buffer.from(nonce.buffer, nonce.byteOffset, nonceBytes).readUInt32LE(nonceBytes - 4) ^ number;
    const keys = new Uint8Array(chachaBlockBytes);
    applyChacha20(keys, secret, nonce, counter);
    return { nonce, counter, tagKey: keys.subarray(0, 32), pageKey: keys.subarray(32) };
  };
  const isAuthentic = (page: Uint8Array, number: number): boolean => {
    if (page.length !== pageBytes) return false;
    const tag = poly1305(page.subarray(0, usablePageBytes + nonceBytes), keysOf(page, number).tagKey);
    return timingSafeEqual(tag, page.subarray(usablePageBytes + nonceBytes));
  };

  return {
    isAuthentic,
    decrypt: (page, number) => {
      if (!isAuthentic(page, number)) return null;
      const { nonce, counter, pageKey } = keysOf(page, number);
      const plain = Uint8Array.from(page.subarray(0, usablePageBytes));
      applyChacha20(plain.subarray(number === 1 ? clearBytesOfFirstPage : 0), pageKey, nonce, counter + 1);
      return plain;
    },
  };
}
