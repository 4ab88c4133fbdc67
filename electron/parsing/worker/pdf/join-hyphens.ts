import type { PageText } from './page-text.ts';

const brokenWord = /(\p{L}{2,})[-\u2010\u00AD]$/u;
/** First halves of words that are written with a hyphen wherever they stand. */
const compoundHead =
  /^(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|self|well|ill|so|non|ex|quasi|half|cross|e)$/iu;
const nextWord = /^(\p{Ll}[\p{L}'’]*)/u;

/** Lower-case compounds such as `well-known` that the document writes within a line. */
export function findCompounds(pages: readonly PageText[]): ReadonlySet<string> {
  const compounds = new Set<string>();
  for (const { directions } of pages) {
    for (const { text } of directions.flatMap(({ segments }) => segments)) {
      for (const [word] of text.matchAll(/\p{L}+-\p{L}+/gu)) compounds.add(word.toLowerCase());
    }
  }
  return compounds;
}

/** How a line that ends with a hyphen goes on: `apart` when it is no broken word. */
export type HyphenJoin = 'drop-hyphen' | 'keep-hyphen' | 'apart';

/**
 * Tells whether a hyphen at the end of a line belongs to the word (the document writes it with one elsewhere, or another
 * part of a compound of several hyphens), or only broke it.
 */
export function joinHyphen(line: string, next: string, compounds: ReadonlySet<string>): HyphenJoin {
  // A path or an address is broken after a slash.
  if (/\S\/$/.test(line) && /^\S/.test(next)) return 'keep-hyphen';
  const [, head] = brokenWord.exec(line) ?? [];
  const [, tail] = nextWord.exec(next) ?? [];
  if (head === undefined) return /\d-$/.test(line) && /^\d/.test(next) ? 'keep-hyphen' : 'apart';
  if (tail === undefined) return /^[\p{Lu}\d]/u.test(next) ? 'keep-hyphen' : 'apart';
  if (/[-\u2010]\p{L}+[-\u2010]$/u.test(line)) return 'keep-hyphen';
  if (compoundHead.test(head)) return 'keep-hyphen';
  return compounds.has(`${head}-${tail}`.toLowerCase()) ? 'keep-hyphen' : 'drop-hyphen';
}
