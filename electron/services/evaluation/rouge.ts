import { stem } from '../../shared/content-words.ts';

/** F1 of what two texts share, 0 to 1: words, pairs of words, and the longest sequence of words in order. */
export type Rouge = { readonly rouge1: number; readonly rouge2: number; readonly rougeL: number };

const wordsOf = (text: string): readonly string[] => (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map(stem);

function counted(items: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

function f1(shared: number, one: number, other: number): number {
  return shared === 0 ? 0 : (2 * shared) / (one + other);
}

function sharedCount(one: readonly string[], other: readonly string[]): number {
  const counts = counted(other);
  let shared = 0;
  for (const [item, count] of counted(one)) shared += Math.min(count, counts.get(item) ?? 0);
  return shared;
}

const pairs = (words: readonly string[]): readonly string[] =>
  words.slice(1).map((word, index) => `${words[index]} ${word}`);

function longestCommonLength(one: readonly string[], other: readonly string[]): number {
  let row = Array.from({ length: other.length + 1 }, () => 0);
  for (const word of one) {
    const next = [0];
    for (const [at, otherWord] of other.entries()) {
      next.push(word === otherWord ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/**
 * ROUGE-1, -2 and -L (Lin: ROUGE, a package for automatic evaluation of summaries, 2004), over our own stems and the whole
 * text as one sequence: figures compare with each other, and only roughly with those of other programs.
 */
export function rougeOf(text: string, gold: string): Rouge {
  const [one, other] = [wordsOf(text), wordsOf(gold)];
  const [onePairs, otherPairs] = [pairs(one), pairs(other)];
  return {
    rouge1: f1(sharedCount(one, other), one.length, other.length),
    rouge2: f1(sharedCount(onePairs, otherPairs), onePairs.length, otherPairs.length),
    rougeL: f1(longestCommonLength(one, other), one.length, other.length),
  };
}
