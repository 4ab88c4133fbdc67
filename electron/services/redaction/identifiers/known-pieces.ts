import type { Identifier } from '../identifier.ts';
import { firstNameOf } from '../names/first-names.ts';
import { isNameInPlace, mayBeName, nameWordsOf, standsAsWord } from '../names/name-words.ts';

/** Shortest part of a name that is looked for by itself. */
const shortestPart = 3;
/** Shortest piece that is looked for a second time, and the length of what it is looked up by, in characters. */
const shortestRepeat = 4;

const isLetter = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}]/u.test(character);

/**
 * Whether a word names who is known by this part: as it is written, in capitals, or in lower case where no other word is
 * written so (`anna`, but not `brown`).
 */
export function isSameName(part: string, word: string): boolean {
  if (part === word) return true;
  if (part.length !== word.length || part.toLowerCase() !== word.toLowerCase()) return false;
  return word === word.toUpperCase() || firstNameOf(part)?.isAlsoWord === false;
}

/** What a name takes on without an apostrophe: `Schneiders Haus`, `the Smiths`, `the Joneses`. It stays behind the placeholder. */
const nameEndings = ['s', 'es'] as const;

/** A word without each of the endings that it has. */
const withoutEndings = (word: string): readonly string[] =>
  nameEndings.flatMap((ending) => (word.toLowerCase().endsWith(ending) ? [word.slice(0, -ending.length)] : []));

/** The forms in which a name may stand. */
export const inflectedForms = (name: string): readonly string[] => [
  name,
  ...nameEndings.flatMap((ending) => [`${name}${ending}`, `${name}${ending.toUpperCase()}`]),
];

/** The parts of a name that name by themselves: no particles, no titles, no initials. */
export function partsOfName(name: string): readonly string[] {
  return nameWordsOf(name)
    .map(({ text }) => text)
    .filter((part) => part.length >= shortestPart && (mayBeName(part) || isNameInPlace(part)));
}

/** Words by which known names are looked up, in lower case. */
type KnownNames = {
  readonly parts: ReadonlyMap<string, readonly string[]>;
  /** Whole names of several words, by their first word. */
  readonly wholes: ReadonlyMap<string, readonly string[]>;
};

function indexNames(names: readonly string[]): KnownNames {
  const parts = new Map<string, string[]>();
  const wholes = new Map<string, string[]>();
  const put = (index: Map<string, string[]>, key: string, value: string): void => {
    const list = index.get(key);
    if (list === undefined) index.set(key, [value]);
    else if (!list.includes(value)) list.push(value);
  };
  for (const name of new Set(names)) {
    for (const part of partsOfName(name)) put(parts, part.toLowerCase(), part);
    const [first] = nameWordsOf(name);
    if (first !== undefined && first.text.length < name.length) put(wholes, first.text.toLowerCase(), name);
  }
  return { parts, wholes };
}

/** Wherever else known names stand: in whole whatever their case, their parts by themselves; the text is read once. */
export function findKnownNames(text: string, names: readonly string[]): readonly Identifier[] {
  const { parts, wholes } = indexNames(names);
  if (parts.size === 0 && wholes.size === 0) return [];
  const plain = text.toLowerCase();
  return nameWordsOf(text).flatMap((word): readonly Identifier[] => {
    const key = word.text.toLowerCase();
    const whole = wholes
      .get(key)
      ?.filter((name) => plain.startsWith(name.toLowerCase(), word.start) && !isLetter(text[word.start + name.length]))
      .toSorted((one, other) => other.length - one.length)[0];
    if (whole !== undefined) return [{ kind: 'person', start: word.start, end: word.start + whole.length }];
    // A word that is also this name stays where it is the word.
    if (isNameInPlace(word.text) && standsAsWord(text, word.start, word.end)) return [];
    const bare = [word.text, ...withoutEndings(word.text)].find((one) =>
      parts.get(one.toLowerCase())?.some((part) => isSameName(part, one)),
    );
    return bare === undefined ? [] : [{ kind: 'person', start: word.start, end: word.start + bare.length }];
  });
}

type KnownPiece = { readonly kind: Identifier['kind']; readonly original: string };

/** Lower case where that keeps every character in its place, as it does for all but a few letters. */
function lowered(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}

/** Pieces that begin alike: looked up whole, once for each length that they have, longest first. */
type AlikePieces = { lengths: readonly number[]; readonly pieces: Map<string, KnownPiece> };

function indexPieces(known: readonly KnownPiece[]): ReadonlyMap<string, AlikePieces> {
  const byBeginning = new Map<string, AlikePieces>();
  for (const piece of known) {
    const { kind, original } = piece;
    if (original.length < shortestRepeat || kind === 'person') continue;
    const plain = lowered(original);
    const beginning = plain.slice(0, shortestRepeat);
    const alike = byBeginning.get(beginning) ?? { lengths: [], pieces: new Map<string, KnownPiece>() };
    alike.pieces.set(plain, piece);
    if (!alike.lengths.includes(plain.length)) {
      alike.lengths = [...alike.lengths, plain.length].toSorted((one, other) => other - one);
    }
    byBeginning.set(beginning, alike);
  }
  return byBeginning;
}

/**
 * The same elsewhere: what was recognised once by its surroundings is the same without them, and in other case where it
 * is a word of its own. The text is read once.
 */
export function findRepeats(text: string, known: readonly KnownPiece[]): readonly Identifier[] {
  const byBeginning = indexPieces(known);
  if (byBeginning.size === 0) return [];
  const plain = lowered(text);
  // An address within other characters is still one; `India` within `Indian` is not.
  const isAt = ({ kind, original }: KnownPiece, at: number): boolean =>
    (kind !== 'place' && kind !== 'organisation' && text.startsWith(original, at)) ||
    (!isLetter(text[at - 1]) && !isLetter(text[at + original.length]));
  const found: Identifier[] = [];
  for (let at = 0; at + shortestRepeat <= text.length; at += 1) {
    const alike = byBeginning.get(plain.slice(at, at + shortestRepeat));
    if (alike === undefined) continue;
    for (const length of alike.lengths) {
      const piece = alike.pieces.get(plain.slice(at, at + length));
      if (piece === undefined || !isAt(piece, at)) continue;
      found.push({ kind: piece.kind, start: at, end: at + piece.original.length });
      at += piece.original.length - 1;
      break;
    }
  }
  return found;
}

/** Fewer digits than this are in many a number by chance. */
const tellingDigits = 8;
/** Signs between the digits of one number. */
const digitGaps = /[\s().\-/\u00a0]/u;

/** Known numbers in other groups of digits: a phone number without its spaces. */
export function findRegrouped(text: string, known: readonly KnownPiece[]): readonly Identifier[] {
  const numbers = new Map<string, KnownPiece>();
  for (const piece of known) {
    const digits = piece.original.replaceAll(/\D/g, '');
    if (digits.length >= tellingDigits && !/\p{L}{3}/u.test(piece.original)) numbers.set(digits, piece);
  }
  if (numbers.size === 0) return [];
  const lengths = new Set([...numbers.keys()].map((digits) => digits.length));
  // Runs of digits with no more than signs between them; each is cut in every length that a number has.
  return [...text.matchAll(/\d(?:[\s().\-/\u00a0]{0,4}\d){7,200}/gu)].flatMap(({ 0: run, index }) => {
    const places = run.split('').flatMap((character, at) => (digitGaps.test(character) ? [] : [at]));
    const digits = run.replaceAll(/\D/g, '');
    return [...lengths].flatMap((length) =>
      places.flatMap((place, at): readonly Identifier[] => {
        const piece = numbers.get(digits.slice(at, at + length));
        return piece === undefined || at + length > places.length
          ? []
          : [{ kind: piece.kind, start: index + place, end: index + (places[at + length - 1] ?? 0) + 1 }];
      }),
    );
  });
}
