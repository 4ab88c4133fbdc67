import { useEffect, useMemo, useState } from 'react';

/** 0 is guessed at once, 4 withstands long guessing offline. */
export type Strength = 0 | 1 | 2 | 3 | 4;

/** More than this adds nothing to a guess of the strength but the time that it takes. */
const ratedCharacters = 100;

/** The estimator and its word lists are large, so they come only where a passphrase is being chosen. */
async function loadEstimator(): Promise<(passphrase: string) => Strength> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  const estimator = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
  });
  return (passphrase) => estimator.check(passphrase.slice(0, ratedCharacters)).score;
}

/** How long guessing would take; null until that is known, and for an empty one. */
export function usePassphraseStrength(passphrase: string): Strength | null {
  const [rate, setRate] = useState<((passphrase: string) => Strength) | null>(null);
  useEffect(() => {
    let isWanted = true;
    // Without it the meter stays empty; the shortest length is checked all the same.
    void loadEstimator().then(
      (estimator) => (isWanted ? setRate(() => estimator) : undefined),
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, []);
  return useMemo(() => (rate === null || passphrase === '' ? null : rate(passphrase)), [rate, passphrase]);
}
