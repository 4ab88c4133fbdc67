import { open } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import type { LlamaModel } from 'node-llama-cpp';
import { AppError } from '../../shared/app-error.ts';
import type { LlamaRuntime } from './llama-runtime.ts';
import type { LoadOptions } from './load-options.ts';

/** How a load is watched. */
export type OpenModelOptions = {
  readonly signal: AbortSignal;
  /** 0 to 1. */
  readonly onProgress: (fraction: number) => void;
};

/**
 * Loads the weights. Throws `model/not-found`, `model/not-a-model`, `model/not-enough-memory` with `neededBytes` and
 * `freeBytes`, `model/unsupported` for an architecture that the library does not know, `model/load-failed`.
 */
export async function openModel(
  runtime: LlamaRuntime,
  request: LoadOptions,
  options: OpenModelOptions & { readonly isEmbedding?: boolean },
): Promise<LlamaModel> {
  const sizeBytes = await checkModelFile(request.path);
  const freeBytes = process.availableMemory();
  // Off unless it is chosen: weights that the library rearranges for the processor would be resident twice, mapped and
  // rearranged. Where it rearranges none it gains nothing: the starter model (Q4_1) took 425 MB after its load both ways,
  // 58 MB of them mapped without it and 150 MB with it. It also lets answers wait for the disk when memory runs short.
  const usesMemoryMapping = request.usesMemoryMapping ?? false;
  const hasGraphics = runtime.llama.gpu !== false && request.graphicsLayers !== 0;
  // Mapped pages can be given back, and what a graphics processor takes is not in this memory.
  if (sizeBytes > freeBytes && !usesMemoryMapping && !hasGraphics) {
    throw new AppError('model/not-enough-memory', 'the model is larger than the free memory', {
      neededBytes: sizeBytes,
      freeBytes,
    });
  }
  try {
    return await runtime.llama.loadModel({
      modelPath: request.path,
      gpuLayers: graphicsLayersOf(hasGraphics, request, options.isEmbedding ?? false),
      useMmap: usesMemoryMapping,
      // Prefix reuse needs the whole window's state, also in models with a sliding one.
      defaultContextSwaFullCache: true,
      loadSignal: options.signal,
      onLoadProgress: options.onProgress,
    });
  } catch (error) {
    options.signal.throwIfAborted();
    throw loadError(runtime, error);
  }
}

/** As many as leave room for the window, unless a number is asked for. */
function graphicsLayersOf(
  hasGraphics: boolean,
  { graphicsLayers, contextTokens }: LoadOptions,
  embeddingContext: boolean,
): number | { readonly fitContext: { readonly contextSize: number; readonly embeddingContext: boolean } } {
  if (!hasGraphics) return 0;
  return graphicsLayers ?? { fitContext: { contextSize: contextTokens, embeddingContext } };
}

async function checkModelFile(path: string): Promise<number> {
  if (!isAbsolute(path)) throw new AppError('app/invalid-input', 'a model needs an absolute path');
  let file;
  try {
    file = await open(path);
  } catch (error) {
    throw new AppError('model/not-found', 'the model file cannot be opened', {}, { cause: error });
  }
  try {
    const stats = await file.stat();
    const magic = Buffer.alloc(4);
    if (stats.isFile()) await file.read(magic, 0, 4, 0);
    if (magic.toString('latin1') !== 'GGUF') throw new AppError('model/not-a-model', 'the file is not a GGUF file');
    return stats.size;
  } finally {
    await file.close();
  }
}

function loadError(runtime: LlamaRuntime, error: unknown): AppError {
  if (error instanceof runtime.library.InsufficientMemoryError) {
    return new AppError(
      'model/not-enough-memory',
      'the model does not fit in memory',
      { freeBytes: process.availableMemory() },
      { cause: error },
    );
  }
  if (error instanceof runtime.library.UnsupportedError) {
    return new AppError(
      'model/unsupported',
      'the inference library does not know this kind of model',
      {},
      { cause: error },
    );
  }
  return new AppError('model/load-failed', 'the inference library could not load the model', {}, { cause: error });
}
