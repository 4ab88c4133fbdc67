import { createHash } from 'node:crypto';
import type { ModelKind } from '../../shared/model.ts';
import { chatArchitectures, embeddingArchitectures } from './architectures.ts';
import { malformed, unsupported } from './gguf-error.ts';
import type { GgufDescription } from './gguf-description.ts';
import { quantisationNames } from './quantisation-names.ts';
import type { Metadata } from './read-metadata.ts';
import { valueTypes } from './value-types.ts';

/** Limits of llama.cpp, which ends its process rather than load a model beyond some of them. */
const limits = {
  contextLength: 2 ** 27,
  embeddingLength: 2 ** 20,
  blockCount: 512,
  headCount: 65_536,
  expertCount: 512,
} as const;

/** `LLAMA_POOLING_TYPE_RANK` of llama.cpp's `llama.h`: the model ends in a head that gives one relevance. */
const rankPooling = 4;

function text(metadata: Metadata, key: string): string | null {
  const found = metadata.get(key);
  if (found === undefined) return null;
  if (found.kind !== 'string') throw malformed('key-type', { key });
  return found.value;
}

/** llama.cpp takes these only as unsigned 32-bit numbers. */
function count(metadata: Metadata, key: string): number | null {
  const found = metadata.get(key);
  if (found === undefined) return null;
  if (found.kind !== 'number' || found.type !== valueTypes.u32) throw malformed('key-type', { key });
  return found.value;
}

function needCount(metadata: Metadata, key: string, limit: number): number {
  const value = count(metadata, key);
  if (value === null) throw malformed('key-missing', { key });
  if (value === 0 || value > limit) throw malformed('key-range', { key, value });
  return value;
}

/** Of a key that may be one number, or one a layer. */
function checkOptional(metadata: Metadata, key: string, limit: number): number {
  if (metadata.get(key)?.kind === 'array') return 0;
  const value = count(metadata, key) ?? 0;
  if (value > limit) throw malformed('key-range', { key, value });
  return value;
}

/** `general.alignment`: bytes that each tensor's offset is a multiple of; default 32. */
export function readAlignment(metadata: Metadata): number {
  const alignment = count(metadata, 'general.alignment') ?? 32;
  const isPower = alignment > 0 && (alignment & (alignment - 1)) === 0;
  if (!isPower || alignment > 65_536) throw malformed('alignment', { alignment });
  return alignment;
}

function readArchitecture(metadata: Metadata): { readonly architecture: string; readonly kind: ModelKind } {
  const architecture = text(metadata, 'general.architecture');
  if (architecture === null) throw malformed('key-missing', { key: 'general.architecture' });
  const type = text(metadata, 'general.type');
  if (type !== null && type !== 'model') throw unsupported(`type-${type.slice(0, 30)}`);
  const parts = metadata.get('split.count');
  if (parts?.kind === 'number' && parts.value > 1) throw unsupported('split-file');
  const isEncoder = embeddingArchitectures.has(architecture);
  if (!isEncoder && !chatArchitectures.has(architecture)) {
    throw unsupported('architecture', { architecture: architecture.slice(0, 60) });
  }
  const pooling = count(metadata, `${architecture}.pooling_type`) ?? 0;
  if (pooling === rankPooling) return { architecture, kind: 'reranking' };
  return { architecture, kind: isEncoder || pooling !== 0 ? 'embedding' : 'chat' };
}

function needArray(metadata: Metadata, key: string, elementType: number): number {
  const found = metadata.get(key);
  if (found === undefined) throw malformed('key-missing', { key });
  if (found.kind !== 'array' || found.elementType !== elementType) throw malformed('key-type', { key });
  return found.length;
}

/** Number of tokens. Lists beside it must be as long: llama.cpp reads them by the token's number without looking. */
function readVocabularySize(metadata: Metadata): number {
  const model = text(metadata, 'tokenizer.ggml.model');
  if (model === null) throw malformed('key-missing', { key: 'tokenizer.ggml.model' });
  const size = needArray(metadata, 'tokenizer.ggml.tokens', valueTypes.string);
  if (size === 0) throw malformed('vocabulary-empty');
  const beside = [
    ['tokenizer.ggml.scores', valueTypes.f32],
    ['tokenizer.ggml.token_type', valueTypes.i32],
  ] as const;
  for (const [key, elementType] of beside) {
    if (metadata.has(key) && needArray(metadata, key, elementType) !== size)
      throw malformed('vocabulary-length', { key });
  }
  if (metadata.has('tokenizer.ggml.merges')) needArray(metadata, 'tokenizer.ggml.merges', valueTypes.string);
  return size;
}

function checkExperts(metadata: Metadata, architecture: string): void {
  const experts = checkOptional(metadata, `${architecture}.expert_count`, limits.expertCount);
  const used = checkOptional(metadata, `${architecture}.expert_used_count`, limits.expertCount);
  if (used > experts) throw malformed('expert-count', { experts, used });
}

function oneLine(value: string | null): string | null {
  // Control characters (category C) would break a list that shows the name.
  const line = (value ?? '')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 200);
  return line === '' ? null : line;
}

/** What the keys say, each checked. Throws `model/malformed` and `model/unsupported`. */
export function describeMetadata(
  metadata: Metadata,
): Omit<GgufDescription, 'version' | 'shape' | 'parameterCount' | 'sizeBytes' | 'headerBytes'> {
  const { architecture, kind } = readArchitecture(metadata);
  const key = (name: string): string => `${architecture}.${name}`;
  checkOptional(metadata, key('attention.head_count'), limits.headCount);
  checkOptional(metadata, key('attention.head_count_kv'), limits.headCount);
  checkExperts(metadata, architecture);
  const fileType = count(metadata, 'general.file_type');
  const template = text(metadata, 'tokenizer.chat_template');
  return {
    architecture,
    kind,
    name: oneLine(text(metadata, 'general.name')),
    quantisation: fileType === null ? null : (quantisationNames[fileType] ?? null),
    licence: oneLine(text(metadata, 'general.license')),
    contextLength: needCount(metadata, key('context_length'), limits.contextLength),
    embeddingLength: needCount(metadata, key('embedding_length'), limits.embeddingLength),
    blockCount: needCount(metadata, key('block_count'), limits.blockCount),
    vocabularySize: readVocabularySize(metadata),
    chatTemplateSha256: template === null ? null : createHash('sha256').update(template).digest('hex'),
  };
}
