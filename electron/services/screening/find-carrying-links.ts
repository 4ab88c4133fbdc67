import type { Finding } from '../../shared/screening.ts';
import { compacted, wordsOf } from './asked-words.ts';
import type { AskedWords } from './asked-words.ts';
import { decodeEntities, decodeEscapes, decodePayload } from './decode-payload.ts';
import { findLinks } from './find-links.ts';
import type { Link } from './find-links.ts';

/** Words of the conversation in a row that make a link one that carries it: fewer in one that loads alone. */
const carriedWords = { alone: 3, query: 5, path: 8 } as const;
/** Shortest piece that is decoded, in characters: shorter ones say little. */
const shortestPiece = 16;
/** Longest number or name in one piece that links of the world have; hashes have 64, keys of files up to 100. */
const longestPiece = 100;
/** Longest label of a host that is a name. */
const longestLabel = 40;
/** Shortest word with a digit in it that tells something when the model was given it. */
const tellingWord = 6;

/** What a link says beside where it goes. */
type LinkData = { readonly host: string; readonly path: string; readonly query: string };

/** As whoever follows it reads it: without Markdown's backslashes, browsers' others as slashes, entities as what they say. */
function plainAddress(written: string): string {
  return decodeEntities(written)
    .replaceAll(/\\(?=[\p{P}\p{S}])/gu, '')
    .replaceAll('\\', '/');
}

function dataOf(address: string): LinkData {
  const rest = address.replace(/^(?:[a-z][a-z0-9+.-]*:)?(?:\/\/)?/i, '');
  const isMail = /^(?:mailto|sms|smsto):/i.test(address);
  const hostEnd = isMail ? rest.search(/[?#]|$/) : rest.search(/[/?#]|$/);
  const queryStart = rest.slice(hostEnd).search(/[?#;]|$/) + hostEnd;
  return { host: rest.slice(0, hostEnd), path: rest.slice(hostEnd, queryStart), query: rest.slice(queryStart) };
}

/**
 * A name before the host that looks like a host itself: what is read first is not where it goes. The name of a user, as in
 * the address of a server that a person was told to use, looks otherwise.
 */
const hasDeceivingUser = (address: string): boolean => /^(?:https?:)?\/\/[^/?#@]*\.[^/?#@]*@/i.test(address);

/** Twice, as what is encoded twice is decoded by those who receive it. */
const decoded = (part: string): string => decodeEscapes(decodeEscapes(part)).replaceAll('+', ' ');

function hasSequence(text: string, length: number, asked: AskedWords): boolean {
  const words = wordsOf(text.replaceAll('_', ' '));
  return words.some(
    (_, index) => index + length <= words.length && asked.hasSequence(words.slice(index, index + length)),
  );
}

/** A word that a person is known by, of those that the model was given: an account, an address, a number of a case. */
const hasTellingWord = (text: string, asked: AskedWords): boolean =>
  wordsOf(text.replaceAll('_', ' ')).some(
    (word) => word.length >= tellingWord && /\d/.test(word) && /\d{4}|\p{L}/u.test(word) && asked.hasWord(word),
  );

const hasAddressOf = (text: string, asked: AskedWords): boolean =>
  [...text.matchAll(/(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{3,255}/gu)].some(({ 0: found }) =>
    asked.hasLink(found),
  );

/** Pieces that are none of a language: many characters in a row, mixed as chance mixes them. */
function isOpaque(piece: string): boolean {
  if (piece.length <= longestPiece) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(piece)).length;
  return kinds >= 2 && new Set(piece).size >= 12;
}

/** What the pieces of a part say when they are decoded; null for an opaque piece. */
function payloadsOf(part: string): readonly (string | null)[] {
  const pieces = part.match(/[A-Za-z0-9+/_-]+={0,2}/g) ?? [];
  // A slash parts the path, and is a character of base64: both readings count.
  return [...pieces, ...pieces.flatMap((piece) => piece.split('/'))]
    .filter((piece) => piece.length >= shortestPiece)
    .flatMap((piece) => {
      const payload = decodePayload(piece);
      if (payload !== null) return [payload];
      return isOpaque(piece) && !piece.includes('/') ? [null] : [];
    });
}

function carriesData({ address: written, isLoadedAlone }: Link, asked: AskedWords): boolean {
  const address = plainAddress(written);
  const { host, path, query } = dataOf(address);
  if (path.length <= 1 && query === '' && /^(?:[^.@]{1,15}(?:\.|$)){0,5}$/.test(host)) return false;
  // What the model was given with its link goes nowhere that it did not go before.
  if (asked.hasLink(written) || asked.hasLink(address)) return false;
  const [readPath, readQuery] = [decoded(path), decoded(query)];
  const whole = `${host} ${readPath} ${readQuery}`;
  const compact = compacted(whole);
  const payloads = [
    ...payloadsOf(decodeEscapes(path)),
    ...payloadsOf(decodeEscapes(query)),
    ...payloadsOf(host.replaceAll('.', '/')),
  ];
  return (
    payloads.length > 0 ||
    asked.originals.some((original) => compact.includes(original)) ||
    hasTellingWord(whole, asked) ||
    hasAddressOf(whole, asked) ||
    hasDeceivingUser(address) ||
    hasSequence(host, isLoadedAlone ? carriedWords.alone : carriedWords.query, asked) ||
    host.split('.').some((label) => label.length > longestLabel) ||
    hasSequence(readQuery, isLoadedAlone ? carriedWords.alone : carriedWords.query, asked) ||
    hasSequence(readPath, isLoadedAlone ? carriedWords.alone : carriedWords.path, asked)
  );
}

/** Links whose address tells their host something of the conversation, or something that nobody can read. */
export function findCarryingLinks(text: string, asked: AskedWords): readonly Finding[] {
  return findLinks(text)
    .filter((link) => carriesData(link, asked))
    .map(({ start, end }) => ({ kind: 'link-carries-data' as const, start, end }));
}
