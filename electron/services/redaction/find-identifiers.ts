import { identifierKinds } from './identifier.ts';
import type { Identifier, IdentifierKind } from './identifier.ts';
import { contactFinders } from './identifiers/contact-finders.ts';
import { dateAndPlaceFinders } from './identifiers/date-and-place-finders.ts';
import { moneyFinders } from './identifiers/money-finders.ts';
import { findKnownNames, findOwnWords, nameFinders } from './identifiers/name-finders.ts';
import { nationalNumberFinders } from './identifiers/national-number-finders.ts';
import { networkFinders } from './identifiers/network-finders.ts';
import { secretFinders } from './identifiers/secret-finders.ts';

/** What to look for beside what every text is searched for. */
export type FindOptions = {
  /** Words of the person's own list. */
  readonly ownWords: readonly string[];
  /** Kinds that may stay. */
  readonly keptKinds: readonly IdentifierKind[];
};

/** Who wins where two overlap: what is certain by its form before what is guessed from its surroundings. */
const rankOf: Readonly<Record<IdentifierKind, number>> = {
  'own-word': 0,
  secret: 1,
  'secret-link': 2,
  email: 3,
  iban: 4,
  card: 5,
  'national-number': 6,
  'birth-date': 7,
  'ip-address': 8,
  phone: 9,
  address: 10,
  person: 11,
  organisation: 12,
  place: 13,
};

const finders = [
  ...secretFinders,
  ...contactFinders,
  ...moneyFinders,
  ...nationalNumberFinders,
  ...networkFinders,
  ...dateAndPlaceFinders,
  ...nameFinders,
];

/** Pieces that overlap become one, from the first's start to the last's end, of the kind that wins. */
export function joinOverlaps(found: readonly Identifier[]): readonly Identifier[] {
  const sorted = found.toSorted((one, other) => one.start - other.start || other.end - one.end);
  const joined: Identifier[] = [];
  for (const one of sorted) {
    const last = joined.at(-1);
    if (last === undefined || one.start >= last.end) {
      joined.push(one);
      continue;
    }
    const kind = rankOf[one.kind] < rankOf[last.kind] ? one.kind : last.kind;
    joined[joined.length - 1] = { kind, start: last.start, end: Math.max(last.end, one.end) };
  }
  return joined;
}

/** Shortest piece that is looked for a second time, in characters. */
const shortestRepeat = 4;

/** The same characters elsewhere: what was recognised once by its surroundings is the same without them. */
function findRepeats(text: string, found: readonly Identifier[]): readonly Identifier[] {
  const kinds = new Map(found.map(({ kind, start, end }) => [text.slice(start, end), kind] as const));
  return [...kinds].flatMap(([piece, kind]) => {
    if (piece.length < shortestRepeat || kind === 'person') return [];
    const repeats: Identifier[] = [];
    for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + piece.length)) {
      repeats.push({ kind, start: at, end: at + piece.length });
    }
    return repeats;
  });
}

/** Everything in a text that tells who somebody is or lets somebody in, in order, without overlaps. */
export function findIdentifiers(text: string, { ownWords, keptKinds }: FindOptions): readonly Identifier[] {
  const own = findOwnWords(ownWords);
  const kept = new Set(keptKinds);
  const first = [...finders, own].flatMap((find) => find(text)).filter(({ kind }) => !kept.has(kind));
  const known = joinOverlaps([...first, ...(kept.has('person') ? [] : findKnownNames(text, first))]);
  return joinOverlaps([...known, ...findRepeats(text, known)]);
}

/** Every kind that is looked for; none is kept unless a person says so. */
export const allKinds: readonly IdentifierKind[] = identifierKinds;
