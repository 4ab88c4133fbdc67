const surrogates = /[\ud800-\udfff]/;

/**
 * The order of two paths by their UTF-8 bytes, which is the order in which the database lists them. UTF-16 puts characters
 * beyond the basic plane before some that are in it.
 */
export function comparePaths(first: string, second: string): number {
  if (first === second) return 0;
  if (surrogates.test(first) || surrogates.test(second)) return Buffer.compare(Buffer.from(first), Buffer.from(second));
  return first < second ? -1 : 1;
}
