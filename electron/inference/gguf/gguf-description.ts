import type { ModelKind } from '../../shared/model.ts';

/** Weights of one tensor type, by the number that the format gives it. */
export type WeightGroup = { readonly type: number; readonly bytes: number; readonly values: number };

/** What memory and speed depend on, from the list of tensors. */
export type GgufShape = {
  /** Of all tensors. */
  readonly tensorBytes: number;
  /** Weights that each token goes through; of a mixture of experts, the share that is used. */
  readonly perToken: readonly WeightGroup[];
  /** Numbers that the window keeps for each token, keys and values of all blocks together; 0 for what keeps none. */
  readonly keyValueLength: number;
  /** Query heads of a block, at least 1. */
  readonly headCount: number;
  /** Longest row that a block computes for a token. */
  readonly widestLength: number;
  /** Rules of the tokeniser that join two tokens, which are kept in memory beside the vocabulary. */
  readonly mergeCount: number;
  /** The output is computed with the embedding of the tokens. */
  readonly hasSharedEmbedding: boolean;
};

/** What the header of a sound GGUF file says. */
export type GgufDescription = {
  /** Version of the format: 2 or 3. */
  readonly version: number;
  /** `general.architecture`, one that the engine knows. */
  readonly architecture: string;
  readonly kind: ModelKind;
  /** `general.name`, at most 200 characters on one line; null when missing or blank. */
  readonly name: string | null;
  /** Such as `Q4_1`; null for a file type that has no name. */
  readonly quantisation: string | null;
  /** `general.license`; null when missing. */
  readonly licence: string | null;
  /** Tokens that the model was trained for. */
  readonly contextLength: number;
  readonly embeddingLength: number;
  readonly blockCount: number;
  readonly vocabularySize: number;
  /** Sum over all tensors. */
  readonly parameterCount: number;
  /** Hexadecimal SHA-256 of `tokenizer.chat_template` in UTF-8; null when there is none. */
  readonly chatTemplateSha256: string | null;
  readonly shape: GgufShape;
  readonly sizeBytes: number;
  /** Bytes before the tensors' data. */
  readonly headerBytes: number;
};
