/** How much may come how fast. */
export type BucketRules = {
  /** As much as may come at once. */
  readonly capacity: number;
  /** Comes back per second, up to the capacity. */
  readonly refillPerSecond: number;
};

/** A bucket at one moment. */
export type TokenBucket = { readonly tokens: number; readonly filledAtMs: number };

/** A full bucket. `nowMs` on a clock that never goes back. */
export function fullBucket(rules: BucketRules, nowMs: number): TokenBucket {
  return { tokens: rules.capacity, filledAtMs: nowMs };
}

/** Takes one token, or says that there is none; the bucket that goes on from here either way. */
export function takeToken(
  bucket: TokenBucket,
  rules: BucketRules,
  nowMs: number,
): { readonly isTaken: boolean; readonly bucket: TokenBucket } {
  const elapsedSeconds = Math.max(0, nowMs - bucket.filledAtMs) / 1_000;
  const tokens = Math.min(rules.capacity, bucket.tokens + elapsedSeconds * rules.refillPerSecond);
  const isTaken = tokens >= 1;
  return { isTaken, bucket: { tokens: isTaken ? tokens - 1 : tokens, filledAtMs: Math.max(nowMs, bucket.filledAtMs) } };
}
