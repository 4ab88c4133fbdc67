import { z } from 'zod';
import ranking from '../../../../resources/ranking/passages.json' with { type: 'json' };
import { featureNames } from './passage-features.ts';

/** How features become a score: learned by `e2e/campaigns/train-ranking.ts`, which writes where from. */
export const rankingWeightsSchema = z
  .object({
    /** From what data the weights were learned, when and how; for people. */
    from: z.unknown(),
    weights: z.record(z.enum(featureNames), z.number()).readonly(),
    /** `1 / (1 + exp(-(slope * score + intercept)))` is about the probability that a passage touches the answer. */
    probability: z.object({ slope: z.number(), intercept: z.number() }).readonly(),
  })
  .readonly();
export type RankingWeights = z.infer<typeof rankingWeightsSchema>;

/** The weights that come with the app. */
export const rankingWeights: RankingWeights = rankingWeightsSchema.parse(ranking);
