import type { Passage } from '../../../shared/document.ts';
import type { RankedCandidate } from './rank-candidates.ts';
import { cosineOf } from './passage-features.ts';
import { createStemReader } from '../../../shared/text-stems.ts';

/** A candidate with those that say the same. */
export type FoldedCandidate = RankedCandidate & { readonly duplicates: readonly Passage[] };

/** Meanings nearer than this may be the same text; only then are the words compared. */
const sameMeaning = 0.9;

/** Share of the words, counted over both texts, that the same text shares with its copy. */
const sameWords = 0.85;

/** Shorter texts, headings and rows of tables, are alike without being copies. */
const shortWords = 12;

function sharedWords(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of one) if (other.has(word)) shared += 1;
  return shared / Math.max(1, one.size + other.size - shared);
}

/**
 * Folds near-duplicates into the best ranked of them: the same paragraph in two versions of a file, or a footer on every
 * page. Looks at the first `depth` only and gives back at most those.
 */
export function foldDuplicates(ranked: readonly RankedCandidate[], depth: number): readonly FoldedCandidate[] {
  const read = createStemReader();
  const kept: { readonly candidate: RankedCandidate; readonly duplicates: Passage[] }[] = [];
  for (const candidate of ranked.slice(0, depth)) {
    const own = read(candidate.passage.text);
    const original = kept.find(({ candidate: other }) => {
      if (own.words < shortWords) return candidate.passage.text === other.passage.text && own.words > 0;
      if (candidate.vector && other.vector && cosineOf(candidate.vector, other.vector) < sameMeaning) return false;
      return sharedWords(own.set, read(other.passage.text).set) >= sameWords;
    });
    if (original) original.duplicates.push(candidate.passage);
    else kept.push({ candidate, duplicates: [] });
  }
  return kept.map(({ candidate, duplicates }) => ({ ...candidate, duplicates }));
}
