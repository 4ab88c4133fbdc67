/** One list of candidates, best first, and how much it counts. */
export type RankedList = { readonly ids: readonly string[]; readonly weight: number };

/**
 * The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009): how little the very first ranks
 * stand out from those after them. Their 60 suits lists of thousands; over the passages of a few documents a smaller
 * one lets the first of either list through (measured with `sotto eval`).
 */
const rankConstant = 10;

/**
 * Fuses ranked lists: every candidate gets `weight / (10 + rank)` from each list that has it. Returns scores from 0 to
 * 1, where 1 is first in every list; in order of the score, then of the first list.
 */
export function fuseRanks(lists: readonly RankedList[]): ReadonlyMap<string, number> {
  const best = lists.reduce((sum, { weight }) => sum + weight / (rankConstant + 1), 0);
  const scores = new Map<string, number>();
  for (const { ids, weight } of lists) {
    for (const [index, id] of ids.entries()) {
      scores.set(id, (scores.get(id) ?? 0) + weight / (rankConstant + 1 + index) / best);
    }
  }
  return new Map([...scores].sort(([, one], [, other]) => other - one));
}
