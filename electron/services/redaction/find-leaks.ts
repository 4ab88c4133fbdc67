import type { Redactor } from './create-redactor.ts';
import type { IdentifierKind } from './identifier.ts';
import { findKnownNames, inflectedForms, isSameName } from './identifiers/known-pieces.ts';
import { isNameInPlace } from './names/name-words.ts';

/** An original that would leave. */
export type Leak = { readonly kind: IdentifierKind; readonly original: string };

/** Fewer digits than this are in many a number by chance. */
const tellingDigits = 8;

/** Shorter than this, an original is part of other words. */
const tellingCharacters = 3;

/** Every text of a JSON value, names of its fields included; a body that is no JSON is one text. */
function textsOf(body: string): readonly string[] {
  const texts: string[] = [body];
  try {
    JSON.parse(body, (key: string, value: unknown) => {
      texts.push(key);
      if (typeof value === 'string') texts.push(value);
      return value;
    });
  } catch {
    // Compared as it is.
  }
  return texts;
}

const isWordOf = (text: string, word: string): boolean => {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const [before, after] = [text[at - 1] ?? ' ', text[at + word.length] ?? ' '];
    if (!/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) return true;
  }
  return false;
};

/** Every run of letters and digits of the texts: what stands between signs is looked up and not searched for. */
const wordsIn = (texts: readonly string[]): ReadonlySet<string> =>
  new Set(texts.flatMap((text) => text.match(/[\p{L}\p{N}]+/gu) ?? []));

/** A word of a name stands as a name: `brown` is no `Brown`, `BROWN` and `anna` are. */
function hasName(texts: readonly string[], words: ReadonlySet<string>, name: string): boolean {
  // `Will you` and `in May` are no leak of Mr Will and Mr May: what was left as a word is judged as it was when it was left.
  // The body as a whole, with its escapes between the words, tells nothing of where sentences begin.
  if (isNameInPlace(name))
    return texts.slice(texts.length > 1 ? 1 : 0).some((text) => findKnownNames(text, [name]).length > 0);
  const spellings = [...new Set([name, name.toUpperCase(), name.toLowerCase()])].filter((one) => isSameName(name, one));
  const isOneRun = /^[\p{L}\p{N}]+$/u.test(name);
  return spellings
    .flatMap(inflectedForms)
    .some((spelling) => (isOneRun ? words.has(spelling) : texts.some((text) => isWordOf(text, spelling))));
}

/** Originals that stand in what is about to leave, however they are cased, escaped or, for numbers, grouped. */
export function findLeaks(body: string, redactor: Pick<Redactor, 'originals'>): readonly Leak[] {
  const written = textsOf(body).map((text) => text.normalize('NFKC'));
  const words = wordsIn(written);
  const texts = written.map((text) => text.toLowerCase());
  const digits = texts.map((text) => text.replaceAll(/(?<=\d)[\s().\-/\u00a0]{1,4}(?=\d)/gu, ''));
  return redactor.originals().filter(({ kind, original }) => {
    if (kind === 'person' && !/\s/u.test(original)) {
      return original.length >= tellingCharacters && hasName(written, words, original.normalize('NFKC'));
    }
    const plain = original.normalize('NFKC').toLowerCase();
    if (plain.length < tellingCharacters) return false;
    if (texts.some((text) => isWordOf(text, plain))) return true;
    const number = plain.replaceAll(/\D/g, '');
    const isNumber = number.length >= tellingDigits && !/\p{L}{3}/u.test(plain);
    return isNumber && digits.some((text) => text.includes(number));
  });
}
