import type { LlamaContext, LlamaModel } from 'node-llama-cpp';
import { AppError } from '../../shared/app-error.ts';
import { LanePool } from './lane-pool.ts';
import type { LlamaRuntime } from './llama-runtime.ts';
import { MeasuringLanes } from './measuring-lanes.ts';
import { openModel } from './model-file.ts';
import type { OpenModelOptions } from './model-file.ts';
import type { PromptWriter } from './prompt/prompt-writer.ts';
import { createPromptWriter } from './prompt/prompt-writer.ts';

/** A loaded chat model with its lanes. */
export type ChatModel = {
  readonly path: string;
  readonly requestedContextTokens: number;
  readonly contextTokens: number;
  readonly model: LlamaModel;
  readonly prompts: PromptWriter;
  readonly lanes: LanePool;
  /** Where continuations are measured. */
  readonly measuring: MeasuringLanes;
  /** A context with the same options as the lanes have; the caller disposes of it. */
  createContext(): Promise<LlamaContext>;
  dispose(): Promise<void>;
};

/** Context window in tokens where a load names none; models trained for less get what they were trained for. */
export const defaultContextTokens = 8_192;
/** Below this no conversation fits. */
const leastContextTokens = 512;
/** Share of the free memory that contexts may take; the rest is for the system and its file cache. */
const memoryShare = 0.8;
const batchTokens = 512;

/**
 * Loads a chat model and its first lane. The context is the requested one, capped by what the model was trained for, and
 * halved until two of them (a chat and background work) fit in the free memory. Throws `model/wrong-kind` for an embedder,
 * `model/not-enough-memory`, and what `openModel` and `createPromptWriter` throw.
 */
export async function loadChatModel(
  runtime: LlamaRuntime,
  request: { readonly path: string; readonly contextTokens: number },
  options: OpenModelOptions,
): Promise<ChatModel> {
  const model = await openModel(runtime, request.path, options);
  try {
    if (!model.fileInsights.hasDecoder || isEmbedder(model)) {
      throw new AppError('model/wrong-kind', 'the file holds an embedding model, not a chat model');
    }
    const prompts = await createPromptWriter(model);
    const { lanes, measuring, contextTokens, createContext } = await openLanes(
      runtime,
      model,
      request.contextTokens,
      options.signal,
    );
    return {
      path: request.path,
      requestedContextTokens: request.contextTokens,
      contextTokens,
      model,
      prompts,
      lanes,
      measuring,
      createContext,
      dispose: async () => {
        await measuring.dispose();
        await lanes.dispose();
        await model.dispose();
      },
    };
  } catch (error) {
    await model.dispose();
    throw error;
  }
}

/** True for a model that was made to give one vector for a text. */
export function isEmbedder(model: LlamaModel): boolean {
  const architecture = model.fileInfo.metadata.general.architecture;
  return /bert|embedding|t5encoder/.test(architecture) || 'pooling_type' in model.fileInfo.architectureMetadata;
}

type OpenedLanes = Pick<ChatModel, 'lanes' | 'measuring' | 'contextTokens' | 'createContext'>;

async function openLanes(
  runtime: LlamaRuntime,
  model: LlamaModel,
  wantedTokens: number,
  signal: AbortSignal,
): Promise<OpenedLanes> {
  let contextTokens = Math.max(leastContextTokens, Math.min(wantedTokens, model.trainContextSize));
  // Off without one: on processors long prompts gain up to 1.6 times, but the short follow-ups that people wait for lose
  // 2.3 to 2.8 times.
  const hasGpu = runtime.llama.gpu !== false;
  let failure: unknown;
  while (contextTokens >= leastContextTokens) {
    signal.throwIfAborted();
    const size = contextTokens;
    const neededBytes = await contextBytes(model, size);
    if (2 * neededBytes <= memoryShare * process.availableMemory()) {
      const createContext = async (): Promise<LlamaContext> =>
        createChatContext(runtime, model, { contextTokens: size, flashAttention: hasGpu });
      const lanes = new LanePool(createContext, () => 2 * neededBytes <= memoryShare * process.availableMemory());
      try {
        const context = await lanes.open();
        const measuring = new MeasuringLanes({
          mostTokens: context.contextSize,
          // With it, what is measured does not depend on the batches in which the tokens came, by up to a tenth otherwise.
          createContext: async (contextTokens) =>
            createChatContext(runtime, model, { contextTokens, flashAttention: true }),
          canAfford: async (tokens) => (await contextBytes(model, tokens)) <= memoryShare * process.availableMemory(),
          shared: lanes,
        });
        return { lanes, measuring, contextTokens: context.contextSize, createContext };
      } catch (error) {
        failure = error;
      }
    }
    contextTokens = Math.floor(contextTokens / 2);
  }
  throw new AppError(
    'model/not-enough-memory',
    'no context window fits in the free memory',
    { neededBytes: await contextBytes(model, leastContextTokens), freeBytes: process.availableMemory() },
    { cause: failure },
  );
}

async function createChatContext(
  runtime: LlamaRuntime,
  model: LlamaModel,
  { contextTokens, flashAttention }: { readonly contextTokens: number; readonly flashAttention: boolean },
): Promise<LlamaContext> {
  // A context's upper bound of threads is taken from the instance when it is made.
  runtime.llama.maxThreads = runtime.cores;
  return model.createContext({
    contextSize: contextTokens,
    batchSize: Math.min(batchTokens, contextTokens),
    threads: runtime.cores,
    flashAttention,
    failedCreationRemedy: false,
  });
}

async function contextBytes(model: LlamaModel, contextTokens: number): Promise<number> {
  const { cpuRam } = await model.fileInsights.estimateContextResourceRequirementsV2({
    contextSize: contextTokens,
    modelGpuLayers: model.gpuLayers,
    batchSize: Math.min(batchTokens, contextTokens),
    sequences: 1,
    flashAttention: false,
    swaFullCache: true,
  });
  return cpuRam;
}
