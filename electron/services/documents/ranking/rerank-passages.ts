import type { InferenceEngine } from '../../../inference/engine.ts';
import type { Logger } from '../../../platform/logger.ts';
import { AppError } from '../../../shared/app-error.ts';
import type { ModelsService } from '../../models/models-service.ts';
import type { RankedCandidate } from './rank-candidates.ts';

/** A model that reads question and passage together and says how well they fit. */
export interface PassageReranker {
  /** The candidates in the order of the model, the rest after them; null without a reranker, or when it fails. */
  rerank(
    query: string,
    ranked: readonly RankedCandidate[],
    signal: AbortSignal,
  ): Promise<readonly RankedCandidate[] | null>;
}

/** What reranking needs. */
export type PassageRerankerOptions = {
  readonly engine: Pick<InferenceEngine, 'load' | 'rerank'>;
  readonly models: Pick<ModelsService, 'reranker'>;
  readonly logger: Logger;
};

/** Candidates that the model reads; each costs it a passage. */
const rerankedCount = 20;

/** Makes a reranker over the one of the model folder, which is looked for at each question: it may come and go. */
export function createPassageReranker({ engine, models, logger }: PassageRerankerOptions): PassageReranker {
  return {
    async rerank(query, ranked, signal) {
      const first = ranked.slice(0, rerankedCount);
      if (first.length === 0) return null;
      try {
        const model = await models.reranker();
        if (model === null) return null;
        await engine.load({ slot: 'reranking', path: model.path }, { signal });
        const texts = first.map(({ passage: { headings, text } }) => [...headings, text].join('\n'));
        const scores = await engine.rerank(query, texts, { priority: 'interactive', signal });
        const scored = first.map((candidate, index) => ({ ...candidate, score: scores[index] ?? 0 }));
        scored.sort((one, other) => other.score - one.score);
        const least = scored.at(-1)?.score ?? 0;
        // Those that the model did not read stay behind those that it read, in their scores too.
        const rest = ranked.slice(rerankedCount).map((one) => ({ ...one, score: Math.min(one.score, least) }));
        return [...scored, ...rest];
      } catch (error) {
        signal.throwIfAborted();
        logger.warn('search-without-reranker', { code: AppError.from(error).code });
        return null;
      }
    },
  };
}
