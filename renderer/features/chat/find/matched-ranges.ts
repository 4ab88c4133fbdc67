import { endsTermAt } from '../../../../electron/shared/search-query.ts';
import type { SearchTerm } from '../../../../electron/shared/search-query.ts';
import { searchWords } from '../../../../electron/shared/search-words.ts';
import type { SearchWord } from '../../../../electron/shared/search-words.ts';

type TextRange = { readonly start: number; readonly end: number };

/** Where the words of a query stand in a text, by the same rules as those that found it. */
export function matchedRanges(text: string, terms: readonly SearchTerm[]): readonly TextRange[] {
  const words: SearchWord[] = [];
  const ranges: TextRange[] = [];
  for (const word of searchWords(text)) {
    words.push(word);
    for (const term of terms) {
      if (!endsTermAt(term, words, words.length - 1)) continue;
      const first = words[words.length - term.words.length];
      if (first !== undefined) ranges.push({ start: first.start, end: word.end });
    }
  }
  return ranges;
}
