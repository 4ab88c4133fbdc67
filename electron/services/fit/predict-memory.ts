import type { ModelMeasures } from './measures.ts';

/** Bytes by what they are for. */
export type MemoryPrediction = {
  readonly weightsBytes: number;
  readonly windowBytes: number;
  readonly buffersBytes: number;
  readonly vocabularyBytes: number;
  /** The process without a model. */
  readonly processBytes: number;
};

const mebibyte = 1024 ** 2;
/** The engine process with the library and what every model needs, measured on Linux with Node 24; other systems are close. */
const processBytes = 122 * mebibyte;
/** The library and the reader of the header keep the vocabulary: bytes a token and a joining rule, measured. */
const tokenBytes = 510;
const mergeBytes = 470;
/** Keys and values are kept as 16-bit numbers. */
const keyValueBytes = 2;
/** The library rounds windows up to multiples of so many tokens. */
export const windowStep = 256;
/** Prompt tokens computed at once, before a machine's pace is known. */
const usualBatchTokens = 64;

function windowTokensOf(contextTokens: number): number {
  return Math.ceil(contextTokens / windowStep) * windowStep;
}

function windowBytesOf({ keyValueLength }: ModelMeasures, contextTokens: number): number {
  return windowTokensOf(contextTokens) * keyValueLength * keyValueBytes;
}

/**
 * What the engine process holds at its peak, with one window of so many tokens, filled. Buffers: scores of a batch against
 * the whole window for each head, and the rows of a batch between two matrices.
 */
export function predictMemory(
  measures: ModelMeasures,
  options: { readonly contextTokens: number; readonly batchTokens?: number; readonly usesFlashAttention?: boolean },
): MemoryPrediction {
  const { headCount, widestLength, embeddingLength, vocabularySize, mergeCount } = measures;
  const { contextTokens, batchTokens = usualBatchTokens, usesFlashAttention = false } = options;
  // Before and after they are made to sum up to one.
  const scoresBytes = usesFlashAttention ? 0 : windowTokensOf(contextTokens) * batchTokens * (headCount + 1) * 4 * 2;
  const rowsBytes = batchTokens * (2 * widestLength + 4 * embeddingLength) * 4;
  return {
    weightsBytes: measures.weightsBytes,
    windowBytes: windowBytesOf(measures, contextTokens),
    buffersBytes: Math.round(scoresBytes + rowsBytes),
    vocabularyBytes: vocabularySize * tokenBytes + mergeCount * mergeBytes,
    processBytes,
  };
}

/** What a load adds to the process: all but what comes with the first prompt. */
export function loadingBytes({ weightsBytes, windowBytes, vocabularyBytes }: MemoryPrediction): number {
  return weightsBytes + windowBytes + vocabularyBytes;
}

/** All of it. */
export function totalBytes(prediction: MemoryPrediction): number {
  return loadingBytes(prediction) + prediction.buffersBytes + prediction.processBytes;
}
