import type { Candidate } from './gather-candidates.ts';
import { featureNames, passageFeatures } from './passage-features.ts';
import type { Features, RankedQuestion } from './passage-features.ts';
import type { RankingWeights } from './ranking-weights.ts';

/** A candidate in its order; `score` is 0 to 1, about the probability that it touches the answer. */
export type RankedCandidate = Candidate & { readonly score: number };

/** The weighted sum of what was measured. */
export function weigh(features: Features, weights: RankingWeights['weights']): number {
  return featureNames.reduce((sum, name) => sum + features[name] * weights[name], 0);
}

/** Orders candidates, best first; equal ones keep their order. */
export function rankCandidates(
  question: RankedQuestion,
  candidates: readonly Candidate[],
  { weights, probability: { slope, intercept } }: Pick<RankingWeights, 'weights' | 'probability'>,
): readonly RankedCandidate[] {
  const measured = passageFeatures(question, candidates);
  return candidates
    .map((candidate, index) => {
      const features = measured[index];
      const sum = features === undefined ? 0 : weigh(features, weights);
      return { ...candidate, score: 1 / (1 + Math.exp(-(slope * sum + intercept))) };
    })
    .sort((one, other) => other.score - one.score);
}
