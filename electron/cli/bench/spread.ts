/** Middle, ends and 95th percentile (nearest rank) of a handful of measurements. */
export type Spread = { readonly median: number; readonly least: number; readonly most: number; readonly p95: number };

/** Throws RangeError without measurements. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((left, right) => left - right);
  const at = (rank: number): number => {
    const value = sorted[Math.min(sorted.length - 1, Math.max(0, rank))];
    if (value === undefined) throw new RangeError('Nothing was measured');
    return value;
  };
  const middle = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    least: at(0),
    most: at(sorted.length - 1),
    p95: at(Math.ceil(0.95 * sorted.length) - 1),
  };
}
