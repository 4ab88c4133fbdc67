import type { LlamaContext, LlamaModel } from 'node-llama-cpp';
import { AppError } from '../../shared/app-error.ts';
import { LanePool } from './lane-pool.ts';
import type { LlamaRuntime } from './llama-runtime.ts';
import type { LoadOptions } from './load-options.ts';
import { loadKey } from './load-options.ts';
import { MeasuringLanes } from './measuring-lanes.ts';
import { openModel } from './model-file.ts';
import type { OpenModelOptions } from './model-file.ts';
import type { PromptWriter } from './prompt/prompt-writer.ts';
import { createPromptWriter } from './prompt/prompt-writer.ts';
import { stateIdentity } from './saved-state/state-identity.ts';
import type { StateIdentity } from './saved-state/state-identity.ts';

/** A loaded chat model with its lanes. */
export type ChatModel = {
  /** Of the load that made it. */
  readonly key: string;
  readonly runtime: LlamaRuntime;
  readonly contextTokens: number;
  readonly usesFlashAttention: boolean;
  readonly batchTokens: number;
  readonly model: LlamaModel;
  readonly prompts: PromptWriter;
  readonly lanes: LanePool;
  /** What a saved state has to be of to be loaded. */
  readonly stateIdentity: StateIdentity;
  /** Where continuations are measured. */
  readonly measuring: MeasuringLanes;
  /** A context with the same options as the lanes have, but those that are named; the caller disposes of it. */
  createContext(options?: {
    readonly contextTokens?: number;
    readonly usesFlashAttention?: boolean;
  }): Promise<LlamaContext>;
  dispose(): Promise<void>;
};

/** Context window in tokens where a load names none; models trained for less get what they were trained for. */
export const defaultContextTokens = 8_192;
/** Below this no conversation fits. */
const leastContextTokens = 512;
/** Share of the free memory that contexts may take; the rest is for the system and its file cache. */
const memoryShare = 0.8;
const usualBatchTokens = 512;

/**
 * Loads a chat model and its first lane. The context is the requested one, capped by what the model was trained for, and
 * halved until two of them (a chat and background work) fit in the free memory. Throws `model/wrong-kind` for an embedder,
 * `model/not-enough-memory`, and what `openModel` and `createPromptWriter` throw.
 */
export async function loadChatModel(
  runtime: LlamaRuntime,
  request: LoadOptions,
  options: OpenModelOptions,
): Promise<ChatModel> {
  const model = await openModel(runtime, request, options);
  try {
    if (!model.fileInsights.hasDecoder || isEmbedder(model)) {
      throw new AppError('model/wrong-kind', 'the file holds an embedding model, not a chat model');
    }
    const prompts = await createPromptWriter(model);
    const opened = await openLanes({ runtime, model, request }, options.signal);
    const { lanes, measuring, usesFlashAttention } = opened;
    return {
      key: loadKey(request),
      runtime,
      model,
      prompts,
      stateIdentity: await stateIdentity({ runtime, model, request }, usesFlashAttention),
      ...opened,
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

type OpenedLanes = Pick<
  ChatModel,
  'lanes' | 'measuring' | 'contextTokens' | 'createContext' | 'usesFlashAttention' | 'batchTokens'
>;

/** What contexts are made for. */
type ContextParts = { readonly runtime: LlamaRuntime; readonly model: LlamaModel; readonly request: LoadOptions };

async function openLanes(parts: ContextParts, signal: AbortSignal): Promise<OpenedLanes> {
  const { model, request } = parts;
  let contextTokens = Math.max(leastContextTokens, Math.min(request.contextTokens, model.trainContextSize));
  // Off on processors until a measurement says otherwise: long prompts gain up to 1.6 times, but the short follow-ups that
  // people wait for lost 2.3 to 2.8 times.
  const flashAttention = request.usesFlashAttention ?? model.gpuLayers > 0;
  let failure: unknown;
  while (contextTokens >= leastContextTokens) {
    signal.throwIfAborted();
    const size = contextTokens;
    const neededBytes = await contextBytes(parts, size);
    if (2 * neededBytes <= memoryShare * process.availableMemory()) {
      const createContext: ChatModel['createContext'] = async (options = {}) =>
        createChatContext(parts, {
          contextTokens: options.contextTokens ?? size,
          flashAttention: options.usesFlashAttention ?? flashAttention,
        });
      const lanes = new LanePool(
        async (tokens = size) => createContext({ contextTokens: Math.min(tokens, size) }),
        () => 2 * neededBytes <= memoryShare * process.availableMemory(),
      );
      try {
        const context = await lanes.open();
        const measuring = new MeasuringLanes({
          mostTokens: context.contextSize,
          // With it, what is measured does not depend on the batches in which the tokens came, by up to a tenth otherwise.
          createContext: async (contextTokens) => createChatContext(parts, { contextTokens, flashAttention: true }),
          canAfford: async (tokens) => (await contextBytes(parts, tokens)) <= memoryShare * process.availableMemory(),
          shared: lanes,
        });
        const { contextSize, batchSize } = context;
        return {
          lanes,
          measuring,
          contextTokens: contextSize,
          createContext,
          usesFlashAttention: flashAttention,
          batchTokens: batchSize,
        };
      } catch (error) {
        failure = error;
      }
    }
    contextTokens = Math.floor(contextTokens / 2);
  }
  throw new AppError(
    'model/not-enough-memory',
    'no context window fits in the free memory',
    { neededBytes: await contextBytes(parts, leastContextTokens), freeBytes: process.availableMemory() },
    { cause: failure },
  );
}

async function createChatContext(
  { runtime, model, request }: ContextParts,
  { contextTokens, flashAttention }: { readonly contextTokens: number; readonly flashAttention: boolean },
): Promise<LlamaContext> {
  // A context's upper bound of threads is taken from the instance when it is made.
  runtime.llama.maxThreads = runtime.cores;
  return model.createContext({
    contextSize: contextTokens,
    batchSize: Math.min(request.batchTokens ?? usualBatchTokens, contextTokens),
    threads: runtime.cores,
    flashAttention,
    failedCreationRemedy: false,
    ...(request.adapter === undefined
      ? {}
      : { lora: { adapters: [{ filePath: request.adapter.path, scale: request.adapter.scale }] } }),
  });
}

async function contextBytes({ model, request }: ContextParts, contextTokens: number): Promise<number> {
  const { cpuRam } = await model.fileInsights.estimateContextResourceRequirementsV2({
    contextSize: contextTokens,
    modelGpuLayers: model.gpuLayers,
    batchSize: Math.min(request.batchTokens ?? usualBatchTokens, contextTokens),
    sequences: 1,
    flashAttention: false,
    swaFullCache: true,
  });
  return cpuRam;
}
