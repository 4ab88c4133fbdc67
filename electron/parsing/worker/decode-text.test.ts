import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../../testing/seeded-random.ts';
import { decodeText } from './decode-text.ts';

const german = 'Größe und Straße: „Übermäßig“ – 5 €, naïve Café. '.repeat(20);

function utf16(text: string, order: 'le' | 'be', mark: boolean): Buffer {
  const little = Buffer.from(`${mark ? '\uFEFF' : ''}${text}`, 'utf16le');
  return order === 'le' ? little : little.swap16();
}

/** Windows-1252 for the characters that the tests use. */
function windows1252(text: string): Buffer {
  const special = new Map([
    ['€', 0x80],
    ['„', 0x84],
    ['“', 0x93],
    ['–', 0x96],
  ]);
  return Buffer.from(Array.from(text, (character) => special.get(character) ?? character.charCodeAt(0)));
}

describe('decodeText', () => {
  it.each([
    ['utf-8', Buffer.from(german), 'utf-8'],
    ['utf-8 with a mark', Buffer.from(`\uFEFF${german}`), 'utf-8'],
    ['utf-16le with a mark', utf16(german, 'le', true), 'utf-16le'],
    ['utf-16be with a mark', utf16(german, 'be', true), 'utf-16be'],
    ['utf-16le without a mark', utf16('plain words only. '.repeat(9), 'le', false), 'utf-16le'],
    ['utf-16be without a mark', utf16('plain words only. '.repeat(9), 'be', false), 'utf-16be'],
    ['windows-1252', windows1252(german), 'windows-1252'],
  ])('reads %s', (name, bytes, encoding) => {
    const decoded = decodeText(bytes, 'a.txt');
    expect(decoded.encoding).toBe(encoding);
    expect(decoded.text).toBe(name.includes('without') ? 'plain words only. '.repeat(9) : german);
  });

  it('makes every kind of line end one newline', () => {
    expect(decodeText(Buffer.from('a\r\nb\rc\nd'), 'a.txt').text).toBe('a\nb\nc\nd');
  });

  it('keeps UTF-8 that is damaged in one place', () => {
    const bytes = Buffer.concat([Buffer.from(german.repeat(3)), Buffer.from([0xc3])]);
    expect(decodeText(bytes, 'a.txt')).toEqual({ text: `${german.repeat(3)}\uFFFD`, encoding: 'utf-8' });
  });

  it('refuses text in another code page instead of showing nonsense', () => {
    // `Съешь же ещё этих мягких французских булок` in KOI8-R.
    const koi8 = Buffer.from(
      'f3dfc5dbd820d6c520c5dda320dcd4c9c820cdd1c7cbc9c820c6d2c1cec3d5d5d3cbc9c820c2d5cccfcb',
      'hex',
    );
    expect(() => decodeText(Buffer.concat(Array<Buffer>(20).fill(koi8)), 'a.txt')).toThrow(
      expect.objectContaining({ code: 'file/unknown-encoding' }),
    );
  });

  // Random bytes are what a compressed or encrypted file looks like.
  it('refuses noise without zero bytes', () => {
    const random = createSeededRandom(1);
    const noise = Buffer.from(Array.from({ length: 5_000 }, () => 1 + Math.floor(random() * 255)));
    expect(() => decodeText(noise, 'a.txt')).toThrow(expect.objectContaining({ code: 'file/binary' }));
  });

  it('gives text that every later part can store', () => {
    const lone = utf16('ab\uD800cd', 'le', true);
    expect(decodeText(lone, 'a.txt').text.isWellFormed()).toBe(true);
  });
});
