import { chatArchitectures, embeddingArchitectures } from '../../inference/gguf/architectures.ts';
import type { GgufDescription, WeightGroup } from '../../inference/gguf/gguf-description.ts';
import type { ModelKind } from '../../shared/model.ts';
import type { FitSubject } from './fit-service.ts';

/** What a prediction is made from, read or estimated. */
export type ModelMeasures = {
  readonly isSupported: boolean;
  /** Only what chats has rates of writing. */
  readonly kind: ModelKind;
  /** Bytes of the file, or of all its files. */
  readonly sizeBytes: number;
  readonly weightsBytes: number;
  readonly perToken: readonly WeightGroup[];
  readonly keyValueLength: number;
  readonly headCount: number;
  readonly embeddingLength: number;
  readonly widestLength: number;
  readonly vocabularySize: number;
  readonly mergeCount: number;
  readonly layers: number;
  readonly contextLength: number;
};

/** Bits a weight, means over whole files as llama.cpp's tool writes them; larger where a model is small. */
const bitsByQuantisation: readonly (readonly [pattern: RegExp, bits: number, type: number])[] = [
  [/^F32$/, 32, 0],
  [/^(F16|BF16|FP16)$/, 16, 1],
  [/^Q8/, 8.5, 8],
  [/^Q6/, 6.6, 14],
  [/^Q5_K_S/, 5.55, 13],
  [/^Q5/, 5.7, 13],
  [/^IQ4|^MXFP4/, 4.4, 23],
  [/^Q4_1/, 5.1, 3],
  [/^Q4_0/, 4.65, 2],
  [/^Q4_K_S/, 4.65, 12],
  [/^Q4/, 4.9, 12],
  [/^Q3_K_S/, 3.6, 11],
  [/^Q3|^IQ3/, 4, 11],
  [/^Q2|^IQ2/, 3.3, 10],
  [/^IQ1/, 2.1, 10],
];
const usualBits = { bits: 5, type: 12 } as const;

/** Bits a weight and the type of most of them, by the name that files carry, such as `Q4_K_M` or `UD-Q4_K_XL`. */
function precisionOf(quantisation: string): { readonly bits: number; readonly type: number } {
  const name = quantisation.toUpperCase().replace(/^UD-/, '');
  const found = bitsByQuantisation.find(([pattern]) => pattern.test(name));
  return found === undefined ? usualBits : { bits: found[1], type: found[2] };
}

/** Bytes of a file before anybody told. Small models have more of their weights in tables of higher precision. */
export function estimateFileBytes(parameterCount: number, quantisation: string): number {
  const { bits } = precisionOf(quantisation);
  const billions = parameterCount / 1e9;
  const extraBits = bits < 8 ? Math.min(0.8, 0.2 / Math.sqrt(billions)) : 0;
  return Math.round((parameterCount * (bits + extraBits)) / 8);
}

/** Measures of a model of usual proportions. */
function estimate(subject: Extract<FitSubject, { known: 'catalogue' }>): ModelMeasures {
  const {
    architecture,
    parameterCount,
    contextLength,
    quantisation,
    activeParameterCount: values = parameterCount,
  } = subject;
  const sizeBytes = subject.sizeBytes ?? estimateFileBytes(parameterCount, quantisation);
  const billions = parameterCount / 1e9;
  const layers = Math.max(6, Math.round(24 + 6 * Math.log2(1 + billions)));
  const embeddingLength = Math.max(256, Math.round(Math.sqrt(parameterCount / (12 * layers)) / 64) * 64);
  const isEncoder = embeddingArchitectures.has(architecture);
  return {
    isSupported: isEncoder || chatArchitectures.has(architecture),
    kind: subject.kind,
    sizeBytes,
    weightsBytes: sizeBytes,
    perToken: [{ type: precisionOf(quantisation).type, bytes: (sizeBytes * values) / parameterCount, values }],
    keyValueLength: isEncoder ? 0 : Math.round(46_000 * billions ** 0.4),
    headCount: Math.max(4, Math.round(embeddingLength / 96)),
    embeddingLength,
    widestLength: embeddingLength * 3,
    vocabularySize: 130_000,
    mergeCount: isEncoder ? 0 : 130_000,
    layers,
    contextLength,
  };
}

/** Bytes and types of the same weights in another precision. */
function inPrecision(measures: ModelMeasures, quantisation: string, sizeBytes: number): ModelMeasures {
  const ratio = sizeBytes / Math.max(1, measures.sizeBytes);
  const { type } = precisionOf(quantisation);
  return {
    ...measures,
    sizeBytes,
    weightsBytes: Math.round(measures.weightsBytes * ratio),
    perToken: measures.perToken.map((group) => ({ ...group, type, bytes: group.bytes * ratio })),
  };
}

/** The measures of what is asked about. */
export function measuresOf(subject: FitSubject): ModelMeasures {
  if (subject.known === 'catalogue') return estimate(subject);
  const { description, sibling } = subject;
  const read = readMeasures(description);
  return sibling === undefined ? read : inPrecision(read, sibling.quantisation, sibling.sizeBytes);
}

function readMeasures(description: GgufDescription): ModelMeasures {
  const { shape, sizeBytes, embeddingLength, vocabularySize, blockCount, contextLength } = description;
  return {
    isSupported: true,
    kind: description.kind,
    sizeBytes,
    weightsBytes: shape.tensorBytes,
    perToken: shape.perToken,
    keyValueLength: shape.keyValueLength,
    headCount: shape.headCount,
    embeddingLength,
    widestLength: shape.widestLength,
    vocabularySize,
    mergeCount: shape.mergeCount,
    layers: blockCount,
    contextLength,
  };
}
