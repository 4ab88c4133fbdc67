import { isUnspaced, searchWords } from './search-words.ts';
import type { SearchWord } from './search-words.ts';

/** Words that must stand one after the other; with `isPrefix` the last one may go on. */
export type SearchTerm = { readonly words: readonly string[]; readonly isPrefix: boolean };

/** Words of a query that count; more would only slow the search of a pasted page. */
export const searchWordLimit = 32;

/** What is searched for: all terms must be found. Empty when the query has no word. */
export function parseSearchQuery(query: string): readonly SearchTerm[] {
  const segments = query.replace(/[“”„«»]/g, '"').split('"');
  const terms: (readonly SearchWord[])[] = [];
  let words = 0;
  segments.forEach((segment, index) => {
    // Behind an odd quotation mark everything is one phrase, also while its second mark is still missing.
    const pieces = index % 2 === 1 ? [segment] : segment.split(/\s+/);
    for (const piece of pieces) {
      const term = [...searchWords(piece)].slice(0, searchWordLimit - words);
      words += term.length;
      if (term.length > 0) terms.push(term);
    }
  });
  const isLastOpen = segments.length % 2 === 0 || /[^"\s]\s*$/.test(query.replace(/[“”„«»]/g, '"'));
  return terms.map((term, index) => {
    const last = term.at(-1);
    const isPrefix = isLastOpen && index === terms.length - 1 && last !== undefined && !isUnspaced(last.word);
    return { words: term.map(({ word }) => word), isPrefix };
  });
}

/** True when `term` ends with word number `index` of `words`. */
export function endsTermAt({ words: wanted, isPrefix }: SearchTerm, words: readonly SearchWord[], index: number) {
  const first = index - wanted.length + 1;
  if (first < 0) return false;
  for (let offset = wanted.length - 1; offset >= 0; offset -= 1) {
    const word = words[first + offset]?.word ?? '';
    const expected = wanted[offset] ?? '';
    const isLast = offset === wanted.length - 1;
    if (isPrefix && isLast ? !word.startsWith(expected) : word !== expected) return false;
  }
  return true;
}

/** True when every term stands in the text. */
export function matchesQuery(text: string, terms: readonly SearchTerm[]): boolean {
  const words: SearchWord[] = [];
  const missing = new Set(terms);
  for (const word of searchWords(text)) {
    words.push(word);
    for (const term of missing) if (endsTermAt(term, words, words.length - 1)) missing.delete(term);
    if (missing.size === 0) return true;
  }
  return missing.size === 0;
}
