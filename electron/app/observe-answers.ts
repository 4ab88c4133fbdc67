import type { InferenceEngine, LoadedModel } from '../inference/engine.ts';
import type { GgufDescription } from '../inference/gguf/gguf-description.ts';
import { readGgufDescription } from '../inference/gguf/read-gguf-description.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { FitService } from '../services/fit/fit-service.ts';
import type { ModelsService } from '../services/models/models-service.ts';
import type { RunsService } from '../services/runs/runs-service.ts';
import { AppError } from '../shared/app-error.ts';
import type { Usage } from '../shared/usage.ts';

/** What is observed, and who is told. */
export type ObservedParts = {
  readonly engine: Pick<InferenceEngine, 'loaded'>;
  readonly fit: Pick<FitService, 'observe'>;
  readonly models: Pick<ModelsService, 'resolve' | 'detail'>;
  readonly runs: Pick<RunsService, 'onUsage'>;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** A shorter answer or prompt says nothing about the pace. */
const leastAnswerTokens = 16;
const leastPromptTokens = 64;

type Known = { readonly path: string; readonly sha256: string; readonly description: GgufDescription };

function prefillRate({ inputTokens, reusedTokens, timeToFirstTokenMs }: Usage): number | null {
  const readTokens = inputTokens - reusedTokens;
  if (readTokens < leastPromptTokens || timeToFirstTokenMs === null || timeToFirstTokenMs <= 0) return null;
  return (readTokens / timeToFirstTokenMs) * 1_000;
}

/** A command ends with its answer: what it saw is written down first, unless a large file has yet to be read for its hash. */
const closingLimitMs = 2_000;

/** Tells the fit service what the chat model did after each answer that says something about its pace. */
export function observeAnswers({ engine, fit, models, runs, clock, logger }: ObservedParts): {
  close(): Promise<void>;
} {
  const pending = new Set<Promise<void>>();
  let known: Known | null = null;
  const know = async ({ path }: LoadedModel): Promise<Known> => {
    if (known?.path === path) return known;
    const { description } = await models.resolve(path);
    const { sha256 } = await models.detail(description.id);
    known = { path, sha256, description: await readGgufDescription(path) };
    return known;
  };
  const observe = async (loaded: LoadedModel, usage: Usage, tokensPerSecond: number): Promise<void> => {
    const { sha256, description } = await know(loaded);
    await fit.observe({
      sha256,
      description,
      backend: loaded.backend,
      contextTokens: loaded.contextTokens,
      measuredAt: clock.now(),
      tokensPerSecond,
      prefillTokensPerSecond: prefillRate(usage),
      memoryBytes: loaded.memoryBytes > 0 ? loaded.memoryBytes : null,
    });
  };
  const stop = runs.onUsage((usage) => {
    const loaded = engine.loaded('chat');
    const { tokensPerSecond, outputTokens } = usage;
    if (loaded === null || loaded.isSafeMode || tokensPerSecond === null || tokensPerSecond <= 0) return;
    if (outputTokens < leastAnswerTokens) return;
    const observing = observe(loaded, usage, tokensPerSecond)
      .catch((error: unknown) => {
        // A model in several files, or one that was removed meanwhile.
        logger.info('answer-not-observed', { code: AppError.from(error).code });
      })
      .finally(() => pending.delete(observing));
    pending.add(observing);
  });
  return {
    close: async () => {
      stop();
      await Promise.race([Promise.all(pending), clock.delay(closingLimitMs)]);
    },
  };
}
