import type { LlamaEmbeddingContext, LlamaModel, Token } from 'node-llama-cpp';
import { AppError } from '../../shared/app-error.ts';
import type { EmbedCommand } from '../protocol/engine-command.ts';
import { isEmbedder } from './chat-model.ts';
import type { LlamaRuntime } from './llama-runtime.ts';
import type { LoadOptions } from './load-options.ts';
import { loadKey } from './load-options.ts';
import { openModel } from './model-file.ts';
import type { OpenModelOptions } from './model-file.ts';
import type { ComputeScheduler } from './scheduler.ts';
import type { Work } from './work.ts';
import { enterPhase, withTurn } from './work.ts';

/** A loaded embedder with its one context. */
export type EmbeddingModel = {
  /** Of the load that made it. */
  readonly key: string;
  readonly runtime: LlamaRuntime;
  readonly contextTokens: number;
  /** Encoders read a whole text in one batch. */
  readonly batchTokens: number;
  readonly usesFlashAttention: null;
  readonly dimensions: number;
  readonly model: LlamaModel;
  readonly context: LlamaEmbeddingContext;
  dispose(): Promise<void>;
};

/** An embedder reads passages, not books; a larger window would only cost memory. */
export const mostEmbeddingTokens = 2_048;
/** Vectors are sent after this many, so that progress is seen and messages stay small. */
const vectorsPerMessage = 16;

/**
 * Loads an embedder. Throws `model/wrong-kind` for a chat model, `model/not-enough-memory` when its context does not fit,
 * and what `openModel` throws.
 */
export async function loadEmbeddingModel(
  runtime: LlamaRuntime,
  request: LoadOptions,
  options: OpenModelOptions,
): Promise<EmbeddingModel> {
  const model = await openModel(runtime, request, { ...options, isEmbedding: true });
  try {
    if (!isEmbedder(model))
      throw new AppError('model/wrong-kind', 'the file holds a chat model, not an embedding model');
    const contextTokens = Math.min(request.contextTokens, model.trainContextSize);
    const context = await createEmbeddingContext(runtime, model, contextTokens, options.signal);
    return {
      key: loadKey(request),
      runtime,
      contextTokens,
      batchTokens: contextTokens,
      usesFlashAttention: null,
      dimensions: model.embeddingVectorSize,
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
    throw AppError.isInstance(error)
      ? error
      : new AppError(
          'model/not-enough-memory',
          'the embedder has no room to work',
          { freeBytes: process.availableMemory() },
          { cause: error },
        );
  }
}

/** A context to embed in; the caller disposes of it. */
export async function createEmbeddingContext(
  runtime: LlamaRuntime,
  model: LlamaModel,
  contextTokens: number,
  signal: AbortSignal,
): Promise<LlamaEmbeddingContext> {
  // A context's upper bound of threads is taken from the instance when it is made.
  runtime.llama.maxThreads = runtime.cores;
  return model.createEmbeddingContext({
    contextSize: contextTokens,
    // An encoder has to see the whole text in one batch.
    batchSize: contextTokens,
    threads: runtime.cores,
    createSignal: signal,
  });
}

/** Embeds texts in order, with a pause between them; texts longer than the window are cut. */
export async function embedTexts(
  parts: { readonly runtime: LlamaRuntime; readonly scheduler: ComputeScheduler; readonly embedder: EmbeddingModel },
  command: EmbedCommand,
  work: Work,
): Promise<void> {
  await withTurn(parts.scheduler, work, { priority: command.priority, phase: () => 'embed' }, async (turn) => {
    let vectors: Float32Array[] = [];
    const send = (next: number): void => {
      if (vectors.length === 0) return;
      work.emit({ type: 'embeddings', id: work.id, offset: next - vectors.length, vectors });
      vectors = [];
    };
    for (const [index, text] of command.texts.entries()) {
      const waiting = turn.pause();
      if (waiting !== undefined) await waiting;
      vectors.push(await embedText(parts.runtime, parts.embedder, text));
      if (vectors.length >= vectorsPerMessage) {
        send(index + 1);
        enterPhase(work, 'embed');
      }
    }
    send(command.texts.length);
  });
  work.emit({ type: 'done', id: work.id });
}

async function embedText(runtime: LlamaRuntime, embedder: EmbeddingModel, text: string): Promise<Float32Array> {
  const tokens = tokensWithinWindow(embedder, text);
  runtime.llama.maxThreads = runtime.tuner.next('embed').threads;
  const startedAtMs = performance.now();
  const { vector } = await embedder.context.getEmbeddingFor(tokens);
  runtime.tuner.measured('embed', tokens.length, performance.now() - startedAtMs);
  return unitLength(vector);
}

/** Tokens of a text as far as the embedder's window goes. Throws `app/invalid-input` for an empty text that it cannot embed. */
export function tokensWithinWindow({ model, contextTokens }: EmbeddingModel, text: string): Token[] {
  // The library adds a beginning and an end, and wants one place free.
  const tokens = model.tokenize(text, false).slice(0, contextTokens - 3);
  if (tokens.length > 0) return tokens;
  const beginning = model.tokens.bos ?? model.tokens.sep ?? model.tokens.eos;
  if (beginning === null) throw new AppError('app/invalid-input', 'an empty text cannot be embedded by this model');
  return [beginning];
}

function unitLength(vector: readonly number[]): Float32Array {
  const length = Math.hypot(...vector);
  return Float32Array.from(vector, (value) => (length === 0 ? 0 : value / length));
}
