import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import type { LlamaRuntime } from './llama-runtime.ts';
import type { ComputeTurn } from './scheduler.ts';

/** What a batch should take, in milliseconds; a busy machine may double it and still let others in within 250 ms. */
export const targetBatchMs = 130;
const firstBatchTokens = 32;
const leastBatchTokens = 8;

/** Prompt tokens evaluated and in all, reused ones left out. */
export type PrefillProgress = { readonly done: number; readonly total: number };

/**
 * Evaluates all but the last tokens in batches sized by time, with a pause between them, and returns the tokens that are
 * left for the first step of generation. A short rest needs no batch of its own.
 */
export async function prefill(
  runtime: LlamaRuntime,
  sequence: LlamaContextSequence,
  tokens: readonly Token[],
  options: { readonly turn: ComputeTurn; readonly onProgress: (progress: PrefillProgress) => void },
): Promise<Token[]> {
  const total = tokens.length;
  let done = 0;
  while (total - done > usualBatchTokens(runtime, sequence.context.batchSize)) {
    await options.turn.pause();
    const { threads, isTrial } = runtime.tuner.next('prefill');
    const usual = usualBatchTokens(runtime, sequence.context.batchSize);
    const batch = tokens.slice(done, done + (isTrial ? trialBatchTokens(usual) : usual));
    runtime.llama.maxThreads = threads;
    const startedAtMs = performance.now();
    await sequence.evaluateWithoutGeneratingNewTokens(batch);
    runtime.tuner.measured('prefill', batch.length, performance.now() - startedAtMs);
    done += batch.length;
    options.onProgress({ done, total });
  }
  return tokens.slice(done);
}

function usualBatchTokens(runtime: LlamaRuntime, mostTokens: number): number {
  const tokenMs = runtime.tuner.unitMs('prefill');
  const tokens = tokenMs === null ? firstBatchTokens : Math.floor(targetBatchMs / tokenMs);
  return Math.max(leastBatchTokens, Math.min(tokens, mostTokens));
}

/** Short, because the tried number of threads may be many times slower, and a batch cannot be ended. */
function trialBatchTokens(usual: number): number {
  return Math.min(usual, Math.max(leastBatchTokens, Math.floor(usual / 4)));
}
