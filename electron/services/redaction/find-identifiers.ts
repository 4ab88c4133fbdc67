import type { Identifier, IdentifierKind } from './identifier.ts';
import { contactFinders } from './identifiers/contact-finders.ts';
import { dateAndPlaceFinders } from './identifiers/date-and-place-finders.ts';
import { moneyFinders } from './identifiers/money-finders.ts';
import { findKnownNames, findRegrouped, findRepeats } from './identifiers/known-pieces.ts';
import { nameFinders } from './identifiers/name-finders.ts';
import { nationalNumberFinders } from './identifiers/national-number-finders.ts';
import { networkFinders } from './identifiers/network-finders.ts';
import { organisationFinders } from './identifiers/organisation-finders.ts';
import { findOwnWords } from './identifiers/own-words.ts';
import { secretFinders } from './identifiers/secret-finders.ts';

/** What to look for beside what every text is searched for. */
export type FindOptions = {
  /** Words of the person's own list. */
  readonly ownWords: readonly string[];
  /** Kinds that may stay. */
  readonly keptKinds: readonly IdentifierKind[];
  /** Pieces of other texts of the same request: they are found here too, and the parts of names among them. */
  readonly known?: readonly { readonly kind: IdentifierKind; readonly original: string }[];
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
  ...organisationFinders,
  ...nameFinders,
];

/** A name within the name of a firm or of a street is a part of it. */
const isPartOf = (one: Identifier, whole: Identifier): boolean =>
  one.end <= whole.end && rankOf[one.kind] >= rankOf.address && rankOf[whole.kind] >= rankOf.address;

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
    const kind = isPartOf(one, last) || rankOf[one.kind] >= rankOf[last.kind] ? last.kind : one.kind;
    joined[joined.length - 1] = { kind, start: last.start, end: Math.max(last.end, one.end) };
  }
  return joined;
}

/** Everything in a text that tells who somebody is or lets somebody in, in order, without overlaps. */
export function findIdentifiers(text: string, { ownWords, keptKinds, known = [] }: FindOptions): readonly Identifier[] {
  const own = findOwnWords(ownWords);
  const kept = new Set(keptKinds);
  const first = joinOverlaps([...finders, own].flatMap((find) => find(text)).filter(({ kind }) => !kept.has(kind)));
  const pieces = [
    ...known.filter(({ kind }) => !kept.has(kind)),
    ...first.map(({ kind, start, end }) => ({ kind, original: text.slice(start, end) })),
  ];
  const names = pieces.filter(({ kind }) => kind === 'person').map(({ original }) => original);
  return joinOverlaps([
    ...first,
    ...findKnownNames(text, names),
    ...findRepeats(text, pieces),
    ...findRegrouped(text, pieces),
  ]);
}
