/** Ranks that are looked at. */
export const recallDepths = [1, 5, 10] as const;

/** Share of the questions whose first right passage is among the first 1, 5 and 10. */
export type Recall = { readonly at1: number; readonly at5: number; readonly at10: number };

/** Recall over ranks that count from 0; `null` where nothing right was found. 0 without questions. */
export function recallOf(ranks: readonly (number | null)[]): Recall {
  const within = (depth: number): number =>
    ranks.filter((rank) => rank !== null && rank < depth).length / Math.max(1, ranks.length);
  const [one, five, ten] = recallDepths;
  return { at1: within(one), at5: within(five), at10: within(ten) };
}

/** The value below which the share of the values lies, 0 to 1, by the nearest rank; 0 without values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? 0;
}
