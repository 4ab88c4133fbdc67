import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyChacha20 } from './chacha20.ts';
import { openEncryptedFile } from './open-encrypted-file.ts';
import { createPageCipher, pageBytes } from './page-cipher.ts';
import { poly1305 } from './poly1305.ts';

const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'));

describe('applyChacha20', () => {
  it('gives the cipher text of RFC 8439, section 2.4.2, and turns it back', () => {
    const text =
      "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
    const key = Uint8Array.from({ length: 32 }, (_, index) => index);
    const nonce = fromHex('000000000000004a00000000');
    const bytes = Uint8Array.from(Buffer.from(text));
    applyChacha20(bytes, key, nonce, 1);
    expect(Buffer.from(bytes).toString('hex').slice(0, 64)).toBe(
      '6e2e359a2568f98041ba0728dd0d6981e97e7aec1d4360c20a27afccfd9fae0b',
    );
    applyChacha20(bytes, key, nonce, 1);
    expect(Buffer.from(bytes).toString()).toBe(text);
  });
});

describe('poly1305', () => {
  // Vectors 1 to 3 of RFC 8439, appendix A.3, as far as their length is a multiple of 16, and the wrap-around ones.
  it.each([
    ['00'.repeat(32), '00'.repeat(64), '00'.repeat(16)],
    ['02' + '00'.repeat(31), 'ff'.repeat(16), '03' + '00'.repeat(15)],
    ['02' + '00'.repeat(15) + 'ff'.repeat(16), '02' + '00'.repeat(15), '03' + '00'.repeat(15)],
    ['01' + '00'.repeat(31), 'ff'.repeat(16) + 'f0' + 'ff'.repeat(15) + '11' + '00'.repeat(15), '05' + '00'.repeat(15)],
    ['01' + '00'.repeat(31), 'ff'.repeat(16) + 'fb' + 'fe'.repeat(15) + '01'.repeat(16), '00'.repeat(16)],
    ['02' + '00'.repeat(31), 'fd' + 'ff'.repeat(15), 'fa' + 'ff'.repeat(15)],
  ])('gives the tag under %s', (key, message, tag) => {
    expect(Buffer.from(poly1305(fromHex(message), fromHex(key))).toString('hex')).toBe(tag);
  });
});

describe('createPageCipher', () => {
  it('reads what the database library wrote, and refuses any other page, number or key', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sotto-pages-'));
    const path = join(folder, 'pages.db');
    const key = randomBytes(32);
    try {
      writeFileSync(path, '');
      const database = openEncryptedFile(path, key);
      database.exec(`CREATE TABLE t (x); INSERT INTO t VALUES ('${'plain words '.repeat(2_000)}')`);
      database.close();
      const bytes = readFileSync(path);
      const page = (number: number) => bytes.subarray((number - 1) * pageBytes, number * pageBytes);
      const cipher = createPageCipher(key);
      const pages = bytes.length / pageBytes;
      const plain = Array.from({ length: pages }, (_, index) => cipher.decrypt(page(index + 1), index + 1));
      expect(plain.every((content) => content !== null)).toBe(true);
      expect(Buffer.concat(plain.map((content) => content ?? new Uint8Array())).includes('plain words plain')).toBe(
        true,
      );
      expect(cipher.isAuthentic(page(3), 2)).toBe(false);
      expect(createPageCipher(randomBytes(32)).isAuthentic(page(1), 1)).toBe(false);
      expect(cipher.isAuthentic(page(2).subarray(1), 2)).toBe(false);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
