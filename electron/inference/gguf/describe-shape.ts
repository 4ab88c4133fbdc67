import type { GgufDescription, GgufShape } from './gguf-description.ts';
import type { Metadata } from './read-metadata.ts';
import type { TensorTally } from './tensor-tally.ts';

/** A number of the header; null when it is missing or one for each block. */
function numberOf(metadata: Metadata, key: string): number | null {
  const found = metadata.get(key);
  return found?.kind === 'number' && found.value > 0 ? found.value : null;
}

/** What memory and speed depend on, from the tensors; where headers give one number for each block, from usual proportions. */
export function describeShape(
  metadata: Metadata,
  { architecture, kind, embeddingLength }: Pick<GgufDescription, 'architecture' | 'kind' | 'embeddingLength'>,
  tally: TensorTally,
): GgufShape {
  const of = (name: string): number | null => numberOf(metadata, `${architecture}.${name}`);
  const headCount = of('attention.head_count') ?? Math.max(1, Math.round(embeddingLength / 128));
  const headLength = of('attention.key_length') ?? embeddingLength / headCount;
  const experts = of('expert_count');
  const used = of('expert_used_count');
  const expertShare = experts === null || used === null ? 1 : Math.min(1, used / experts);
  const hasSharedEmbedding = kind === 'chat' && !tally.hasOutput;
  // Encoders see a text at once and keep nothing of it.
  const isEncoder = /bert|t5encoder|embedding/.test(architecture);
  const merges = metadata.get('tokenizer.ggml.merges');
  return {
    tensorBytes: tally.tensorBytes,
    perToken: tally.perToken(expertShare, hasSharedEmbedding),
    keyValueLength: isEncoder ? 0 : tally.keyValueLength(headCount * headLength),
    headCount,
    widestLength: Math.max(tally.widestLength, embeddingLength),
    mergeCount: merges?.kind === 'array' ? merges.length : 0,
    hasSharedEmbedding,
  };
}
