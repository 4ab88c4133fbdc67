import lists from './first-names.json' with { type: 'json' };

/** What a first name tells: whose it is by the lists, and whether it is also a word, a place or a month. */
export type FirstName = {
  readonly gender: 'female' | 'male' | null;
  readonly isAlsoWord: boolean;
};

const namesOf = (list: string, name: FirstName): readonly (readonly [string, FirstName])[] =>
  list.split(' ').map((one) => [one, name] as const);

const known: ReadonlyMap<string, FirstName> = new Map([
  ...namesOf(lists.female, { gender: 'female', isAlsoWord: false }),
  ...namesOf(lists.male, { gender: 'male', isAlsoWord: false }),
  ...namesOf(lists.either, { gender: null, isAlsoWord: false }),
  ...namesOf(lists.alsoWords, { gender: null, isAlsoWord: true }),
]);

/** A first name of the lists, whatever its case; of two names with a hyphen the first tells. Null for any other word. */
export function firstNameOf(word: string): FirstName | null {
  const plain = word.normalize('NFC').toLowerCase().replaceAll('’', "'");
  const whole = known.get(plain);
  if (whole !== undefined) return whole;
  const [first = '', ...others] = plain.split('-');
  const one = known.get(first);
  return others.length > 0 && one !== undefined && others.every((other) => known.has(other)) ? one : null;
}
