import type { MadeType } from './made-weights.ts';

/** The measures of a model of the llama architecture with weights that mean nothing. */
export type MadeModelShape = {
  readonly type: MadeType;
  readonly blocks: number;
  /** Length of an embedding, a multiple of 256. */
  readonly width: number;
  /** A multiple of 256. */
  readonly feedForward: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  /** Tokens, at least `madeVocabularySize`. */
  readonly vocabulary: number;
  readonly contextLength: number;
};
