import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { madeTypes, makeWeights } from './made-weights.ts';
import type { MadeType } from './made-weights.ts';
import type { MadeModelShape } from './made-model-shape.ts';
import { makeMetadata, madeVocabularySize, writableTokens } from './made-metadata.ts';

type MadeTensor = { readonly name: string; readonly dimensions: readonly number[]; readonly type: MadeType | 'F32' };

const alignment = 32;
const aligned = (bytes: number): number => Math.ceil(bytes / alignment) * alignment;

function tensorsOf(shape: MadeModelShape): readonly MadeTensor[] {
  const { type, width, feedForward, heads, keyValueHeads, vocabulary } = shape;
  const keyValueWidth = (width / heads) * keyValueHeads;
  const matrix = (name: string, columns: number, rows: number): MadeTensor => ({
    name: `${name}.weight`,
    dimensions: [columns, rows],
    type,
  });
  const norm = (name: string): MadeTensor => ({ name: `${name}.weight`, dimensions: [width], type: 'F32' });
  const block = (index: number): readonly MadeTensor[] => {
    const name = `blk.${index}`;
    return [
      norm(`${name}.attn_norm`),
      matrix(`${name}.attn_q`, width, width),
      matrix(`${name}.attn_k`, width, keyValueWidth),
      matrix(`${name}.attn_v`, width, keyValueWidth),
      matrix(`${name}.attn_output`, width, width),
      norm(`${name}.ffn_norm`),
      matrix(`${name}.ffn_gate`, width, feedForward),
      matrix(`${name}.ffn_up`, width, feedForward),
      matrix(`${name}.ffn_down`, feedForward, width),
    ];
  };
  return [
    matrix('token_embd', width, vocabulary),
    ...Array.from({ length: shape.blocks }, (_, index) => block(index)).flat(),
    norm('output_norm'),
    matrix('output', width, vocabulary),
  ];
}

function sizeOf({ dimensions, type }: MadeTensor): number {
  const values = dimensions.reduce((product, length) => product * length, 1);
  return type === 'F32' ? values * 4 : (values / madeTypes[type].values) * madeTypes[type].bytes;
}

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const u64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};

function headerOf(shape: MadeModelShape, tensors: readonly MadeTensor[]): Buffer {
  let offset = 0;
  const entries = tensors.map((tensor) => {
    const entry = Buffer.concat([
      u64(Buffer.byteLength(tensor.name)),
      Buffer.from(tensor.name),
      u32(tensor.dimensions.length),
      ...tensor.dimensions.map(u64),
      u32(tensor.type === 'F32' ? 0 : madeTypes[tensor.type].number),
      u64(offset),
    ]);
    offset = aligned(offset + sizeOf(tensor));
    return entry;
  });
  const { keyCount, bytes } = makeMetadata(shape);
  const head = [Buffer.from('GGUF'), u32(3), u64(tensors.length), u64(keyCount), bytes, ...entries];
  const header = Buffer.concat(head);
  return Buffer.concat([header], aligned(header.length));
}

/** Bytes and number of the weights that each token goes through: all but the table of embeddings. */
export function weighMadeModel(shape: MadeModelShape): { readonly bytes: number; readonly values: number } {
  const computed = tensorsOf(shape).filter(({ name }) => name !== 'token_embd.weight');
  return {
    bytes: computed.reduce((sum, tensor) => sum + sizeOf(tensor), 0),
    values: computed.reduce(
      (sum, { dimensions }) => sum + dimensions.reduce((product, length) => product * length, 1),
      0,
    ),
  };
}

/** Writes `sizeBytes` of the stretch at a time, so that nothing large is held. */
async function writeStretches(file: FileHandle, stretch: Buffer, sizeBytes: number): Promise<void> {
  for (let rest = sizeBytes; rest > 0; rest -= stretch.length) {
    await file.write(rest < stretch.length ? stretch.subarray(0, rest) : stretch);
  }
}

async function writeTensor(file: FileHandle, tensor: MadeTensor, stretch: Buffer): Promise<void> {
  const sizeBytes = sizeOf(tensor);
  const [width = 0, rows = 1] = tensor.dimensions;
  if (tensor.type === 'F32') {
    await file.write(Buffer.from(new Float32Array(width).fill(1).buffer));
  } else if (tensor.name === 'output.weight') {
    // Tokens that are no letters get nothing, so that the model never ends its answer by itself.
    const lettersBytes = (sizeBytes / rows) * writableTokens;
    await writeStretches(file, stretch, lettersBytes);
    await writeStretches(file, Buffer.alloc(stretch.length), sizeBytes - lettersBytes);
  } else {
    await writeStretches(file, stretch, sizeBytes);
  }
  await file.write(Buffer.alloc(aligned(sizeBytes) - sizeBytes));
}

/**
 * Writes a model file that loads and runs like a real one of its measures, and says nothing but letters. The caller removes
 * it. Throws what the disk throws, and the signal's reason.
 */
export async function writeMadeModel(path: string, shape: MadeModelShape, signal?: AbortSignal): Promise<void> {
  if (shape.vocabulary < madeVocabularySize) throw new RangeError('The vocabulary is too small.');
  const tensors = tensorsOf(shape);
  const stretches = new Map([
    [shape.width, makeWeights(shape.type, shape.width)],
    [shape.feedForward, makeWeights(shape.type, shape.feedForward)],
  ]);
  await using file = await open(path, 'wx', 0o600);
  await file.write(headerOf(shape, tensors));
  for (const tensor of tensors) {
    signal?.throwIfAborted();
    await writeTensor(file, tensor, stretches.get(tensor.dimensions[0] ?? 0) ?? Buffer.alloc(0));
  }
}
