import { AppError } from '../../shared/app-error.ts';
import { characterLimit } from './extraction-limits.ts';

/** Text as it was written, and the encoding that its bytes were read as. */
export type DecodedText = { readonly text: string; readonly encoding: string };

const sampleBytes = 64 * 1024;

const stepBytes = 1024 * 1024;

/**
 * Decodes step by step, and no more than the reader takes: the rest of a long file would only fill the memory. Markup
 * is longer than its text, so the bound is twice `characterLimit`. Throws TypeError for bytes that are not in the encoding when `fatal`.
 */
function decode(bytes: Uint8Array, encoding: string, fatal = false): string {
  const decoder = new TextDecoder(encoding, { fatal });
  const pieces: string[] = [];
  let length = 0;
  for (let start = 0; start < bytes.length && length <= characterLimit * 2; start += stepBytes) {
    const end = start + stepBytes;
    const piece = decoder.decode(bytes.subarray(start, end), { stream: end < bytes.length });
    pieces.push(piece);
    length += piece.length;
  }
  return pieces.join('');
}

function count(text: string, pattern: RegExp): number {
  let found = 0;
  for (const _match of text.matchAll(pattern)) found += 1;
  return found;
}

function byteOrderMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/** UTF-16 without a mark: Latin text has a zero in nearly every second byte, always on the same side. */
function unmarkedUtf16(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, sampleBytes);
  const pairs = Math.floor(sample.length / 2);
  if (pairs === 0 || bytes.length % 2 === 1) return null;
  let evenZeros = 0;
  let oddZeros = 0;
  for (let index = 0; index < pairs * 2; index += 2) {
    if (sample[index] === 0) evenZeros += 1;
    if (sample[index + 1] === 0) oddZeros += 1;
  }
  if (oddZeros > pairs * 0.4 && evenZeros === 0) return 'utf-16le';
  if (evenZeros > pairs * 0.4 && oddZeros === 0) return 'utf-16be';
  return null;
}

/** The bytes as UTF-8; also where up to 1 % of what is not ASCII is damaged, as at a cut end. Null otherwise. */
function utf8(bytes: Uint8Array): string | null {
  try {
    return decode(bytes, 'utf-8', true);
  } catch {
    const text = decode(bytes, 'utf-8');
    const damaged = count(text, /\uFFFD/g);
    const foreign = count(text, /[^\0-\x7f]/g);
    return damaged <= (foreign - damaged) / 100 ? text : null;
  }
}

/**
 * Windows-1252, the superset of Latin-1 that most old Western text is in. Every byte sequence can be read as it, so it
 * must look like it: no unassigned byte, at most three in ten bytes beyond ASCII, and most of those letters that
 * touch a letter, or punctuation. Text in another alphabet's code page fails on the share.
 */
function windows1252(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, 4 * 1024 * 1024);
  let high = 0;
  let plausible = 0;
  const isLetter = (byte: number | undefined): boolean =>
    byte !== undefined && ((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || byte >= 0xc0);
  for (let index = 0; index < sample.length; index += 1) {
    const byte = sample[index] ?? 0;
    if (byte < 0x80) continue;
    if (byte === 0x81 || byte === 0x8d || byte === 0x8f || byte === 0x90 || byte === 0x9d) return null;
    high += 1;
    if (byte < 0xc0 || isLetter(sample[index - 1]) || isLetter(sample[index + 1])) plausible += 1;
  }
  return high <= sample.length * 0.3 && plausible >= high * 0.7 ? decode(bytes, 'windows-1252') : null;
}

/** Share of control characters above which bytes are no text; a stray one survives in many old files. */
const controlShareLimit = 0.002;

function isMostlyControl(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  const controls = count(text, /[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]/g);
  return controls > Math.max(2, text.length * controlShareLimit);
}

/**
 * Reads bytes as UTF-8, UTF-16 (either order, with or without a byte-order mark) or Windows-1252, and makes all line ends `\n`.
 * Throws `file/binary` for bytes that are no text, `file/unknown-encoding` for text in an encoding that cannot be told.
 */
export function decodeText(bytes: Buffer, name: string): DecodedText {
  const binary = (): AppError => new AppError('file/binary', 'The bytes are not text.', { name, format: '' });
  const wide = byteOrderMark(bytes) ?? unmarkedUtf16(bytes);
  if (wide === null && bytes.includes(0)) throw binary();
  const asUtf8 = wide === null || wide === 'utf-8' ? utf8(bytes) : null;
  const encoding = wide ?? (asUtf8 === null ? 'windows-1252' : 'utf-8');
  const raw =
    encoding === 'utf-8'
      ? (asUtf8 ?? decode(bytes, 'utf-8'))
      : encoding === 'windows-1252'
        ? windows1252(bytes)
        : decode(bytes, encoding);
  if (raw === null) {
    // Compressed or encrypted bytes have control characters everywhere; text in an unknown code page has none.
    if (isMostlyControl(bytes.subarray(0, sampleBytes).toString('latin1'))) throw binary();
    throw new AppError('file/unknown-encoding', 'The encoding cannot be told.', { name });
  }
  if (isMostlyControl(raw)) throw binary();
  const text = raw.replaceAll(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD').toWellFormed();
  return { text, encoding };
}
