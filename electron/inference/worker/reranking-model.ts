import type { LlamaModel, LlamaRankingContext, Token } from 'node-llama-cpp';
import { AppError } from '../../shared/app-error.ts';
import type { RerankCommand } from '../protocol/engine-command.ts';
import type { LlamaRuntime } from './llama-runtime.ts';
import type { LoadOptions } from './load-options.ts';
import { loadKey } from './load-options.ts';
import { openModel } from './model-file.ts';
import type { OpenModelOptions } from './model-file.ts';
import type { ComputeScheduler } from './scheduler.ts';
import type { Work } from './work.ts';
import { enterPhase, withTurn } from './work.ts';

/** A loaded reranker with its one context. */
export type RerankingModel = {
  /** Of the load that made it. */
  readonly key: string;
  readonly runtime: LlamaRuntime;
  readonly contextTokens: number;
  /** Encoders read a whole text in one batch. */
  readonly batchTokens: number;
  readonly usesFlashAttention: null;
  readonly model: LlamaModel;
  readonly context: LlamaRankingContext;
  dispose(): Promise<void>;
};

/** A question and a passage fit; a larger window would only cost memory. */
export const mostRerankingTokens = 1_024;
/** The query may take this share of the window; the rest is the text's. */
const queryShare = 0.5;
/** What a model's own frame around query and text takes at most, such as an instruction. */
const frameTokens = 128;

/**
 * Loads a reranker. Throws `model/wrong-kind` for a model without a head that ranks, `model/not-enough-memory` when its
 * context does not fit, and what `openModel` throws.
 */
export async function loadRerankingModel(
  runtime: LlamaRuntime,
  request: LoadOptions,
  options: OpenModelOptions,
): Promise<RerankingModel> {
  const model = await openModel(runtime, request, { ...options, isEmbedding: true });
  try {
    if (!model.fileInsights.supportsRanking) throw new AppError('model/wrong-kind', 'the file holds no reranker');
    const contextTokens = Math.min(request.contextTokens, model.trainContextSize);
    runtime.llama.maxThreads = runtime.cores;
    const context = await model.createRankingContext({
      contextSize: contextTokens,
      // An encoder has to see both texts in one batch.
      batchSize: contextTokens,
      threads: runtime.cores,
      createSignal: options.signal,
    });
    return {
      key: loadKey(request),
      runtime,
      contextTokens,
      batchTokens: contextTokens,
      usesFlashAttention: null,
      model,
      context,
      dispose: async () => {
        await context.dispose();
        await model.dispose();
      },
    };
  } catch (error) {
    await model.dispose();
    options.signal.throwIfAborted();
    if (AppError.isInstance(error)) throw error;
    const freeBytes = process.availableMemory();
    throw new AppError('model/not-enough-memory', 'the reranker has no room to work', { freeBytes }, { cause: error });
  }
}

/** Ranks texts in order, with a pause between them; what is longer than the window is cut. */
export async function rankTexts(
  parts: { readonly runtime: LlamaRuntime; readonly scheduler: ComputeScheduler; readonly reranker: RerankingModel },
  command: RerankCommand,
  work: Work,
): Promise<void> {
  const { runtime, reranker } = parts;
  const relevances: number[] = [];
  await withTurn(parts.scheduler, work, { priority: command.priority, phase: () => 'rerank' }, async (turn) => {
    const query = tokensOf(reranker, command.query, Math.floor(queryShare * reranker.contextTokens));
    const room = textRoom(reranker, query);
    for (const text of command.texts) {
      await turn.pause();
      enterPhase(work, 'rerank');
      const tokens = tokensOf(reranker, text, room);
      runtime.llama.maxThreads = runtime.tuner.next('rerank').threads;
      const startedAtMs = performance.now();
      relevances.push(asShare(await reranker.context.rank(query, tokens)));
      runtime.tuner.measured('rerank', query.length + tokens.length, performance.now() - startedAtMs);
    }
  });
  work.emit({ type: 'ranks', id: work.id, relevances });
}

/** Tokens of a text, of what is text in it: special marks are read as plain text. */
function tokensOf({ model }: RerankingModel, text: string, mostTokens: number): Token[] {
  return model.tokenize(text, false, 'trimLeadingSpace').slice(0, mostTokens);
}

/** Tokens that a text beside this query may have; the library wants one place free. */
function textRoom({ contextTokens }: RerankingModel, query: readonly Token[]): number {
  const frame = Math.min(frameTokens, Math.floor(contextTokens / 4));
  return Math.max(1, contextTokens - frame - query.length);
}

/** A damaged model may give anything. */
function asShare(value: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0;
}
