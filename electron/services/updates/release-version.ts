const numbersOf = (version: string): readonly number[] =>
  (/^(\d+)\.(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number);

/**
 * Whether a release is newer than what runs. A version with something behind its numbers, such as `1.2.0-beta.1`, is older
 * than the release of these numbers; one that cannot be read counts as newer than everything, so that nothing replaces it.
 */
export function isNewerRelease(release: string, running: string): boolean {
  const [offered, own] = [numbersOf(release), numbersOf(running)];
  if (offered.length !== 3 || own.length !== 3) return false;
  const different = offered.findIndex((number, index) => number !== own[index]);
  if (different === -1) return running.includes('-');
  return (offered[different] ?? 0) > (own[different] ?? 0);
}
