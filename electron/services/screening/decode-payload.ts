/** Longest piece that is decoded, in characters; what hides behind more is not read either. */
const longestPayload = 8_192;
/** Shortest decoded text that says something, in characters. */
const shortestPayload = 8;

const isReadable = (text: string): boolean => {
  if (text.length < shortestPayload || /(?![\t\n\r])\p{Cc}|\ufffd/u.test(text)) return false;
  const letters = text.replaceAll(/[^\p{L}\p{N}\s.,;:!?@'"()/=&_-]/gu, '').length;
  return letters >= text.length * 0.85 && /\p{L}{2}/u.test(text);
};

function bytesOfBase32(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const character of text.toUpperCase()) {
    held = (held << 5) | alphabet.indexOf(character);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 0xff);
      held &= (1 << bits) - 1;
    }
  }
  return Buffer.from(bytes);
}

/**
 * What a piece says when it is hexadecimal, base64 (either alphabet) or base32 of readable text; null for anything else.
 * A hash or another random number is never readable: for 18 random bytes the chance is below one in a million.
 */
export function decodePayload(piece: string): string | null {
  const cut = piece.slice(0, longestPayload);
  const readings: Buffer[] = [];
  if (/^(?:[0-9a-f]{2})+$/i.test(cut)) readings.push(Buffer.from(cut, 'hex'));
  if (/^[A-Za-z2-7]+={0,6}$/.test(cut)) readings.push(bytesOfBase32(cut.replaceAll('=', '')));
  if (/^[A-Za-z0-9+/_-]+={0,2}$/.test(cut)) readings.push(Buffer.from(cut, 'base64'));
  return readings.map((bytes) => bytes.toString('utf8')).find(isReadable) ?? null;
}

const numeric = (code: string, radix: number): string => {
  const point = Number.parseInt(code, radix);
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '';
};

/** Characters of addresses that HTML and Markdown know by name, too. */
const named: Readonly<Record<string, string>> = {
  amp: '&',
  colon: ':',
  sol: '/',
  bsol: '\\',
  quest: '?',
  num: '#',
  period: '.',
  commat: '@',
  equals: '=',
  plus: '+',
  lowbar: '_',
  percnt: '%',
};

/** A text with its entities as the characters that they stand for: those by number, and those by name that addresses have. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text
    .replaceAll(/&#x([0-9a-f]{1,6});/gi, (_, code: string) => numeric(code, 16))
    .replaceAll(/&#(\d{1,7});/g, (_, code: string) => numeric(code, 10))
    .replaceAll(/&([a-z]{3,6});/g, (entity, name: string) => named[name] ?? entity);
}

/** A text whose characters are written as numbers: `%41`, `&#65;`, `&#x41;`, `\\u0041`, `\\x41`. Unchanged without any. */
export function decodeEscapes(text: string): string {
  if (!/[%&\\]/.test(text)) return text;
  const decoded = text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
  );
  return decodeEntities(decoded).replaceAll(
    /\\u\{?([0-9a-f]{4,6})\}?|\\x([0-9a-f]{2})/gi,
    (_, long?: string, short?: string) => numeric(long ?? short ?? '', 16),
  );
}
