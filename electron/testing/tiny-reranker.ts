import { gguf, writeGguf } from './gguf-writer.ts';
import type { GgufContent, GgufTensor } from './gguf-writer.ts';
import { createSeededRandom } from './seeded-random.ts';

const width = 32;
const inner = 64;
const windowTokens = 128;
const specialTokens = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];

/** Words that the tiny reranker knows. */
export const rerankerWords = ['fox', 'dog', 'river', 'tax', 'law', 'moon', 'jumps', 'sleeps', 'over', 'the', 'of', 'a'];

const f32 = (name: string, ...dimensions: number[]): GgufTensor => ({ name, dimensions, type: 0 });

function tensors(vocabularySize: number): readonly GgufTensor[] {
  const both = (name: string, ...dimensions: number[]): GgufTensor[] => [
    f32(`${name}.weight`, ...dimensions),
    f32(`${name}.bias`, dimensions.at(-1) ?? 0),
  ];
  return [
    f32('token_embd.weight', width, vocabularySize),
    f32('token_types.weight', width, 2),
    f32('position_embd.weight', width, windowTokens),
    ...both('token_embd_norm', width),
    ...both('blk.0.attn_q', width, width),
    ...both('blk.0.attn_k', width, width),
    ...both('blk.0.attn_v', width, width),
    ...both('blk.0.attn_output', width, width),
    ...both('blk.0.attn_output_norm', width),
    ...both('blk.0.ffn_up', width, inner),
    ...both('blk.0.ffn_down', inner, width),
    ...both('blk.0.layer_output_norm', width),
    ...both('cls', width, width),
    ...both('cls.output', width, 1),
  ];
}

function content(): GgufContent {
  const vocabulary = [...specialTokens, ...rerankerWords.map((word) => `▁${word}`)];
  return {
    magic: 'GGUF',
    version: 3,
    alignment: 32,
    entries: [
      ['general.architecture', gguf.text('bert')],
      ['general.name', gguf.text('Tiny reranker')],
      ['general.file_type', gguf.u32(0)],
      ['bert.context_length', gguf.u32(windowTokens)],
      ['bert.embedding_length', gguf.u32(width)],
      ['bert.feed_forward_length', gguf.u32(inner)],
      ['bert.block_count', gguf.u32(1)],
      ['bert.attention.head_count', gguf.u32(4)],
      ['bert.attention.layer_norm_epsilon', gguf.f32(1e-12)],
      ['bert.attention.causal', gguf.bool(0)],
      ['bert.pooling_type', gguf.u32(4)],
      ['tokenizer.ggml.model', gguf.text('bert')],
      ['tokenizer.ggml.tokens', gguf.array(vocabulary.map(gguf.text))],
      ['tokenizer.ggml.scores', gguf.array(vocabulary.map(() => gguf.f32(0)))],
      [
        'tokenizer.ggml.token_type',
        gguf.array(vocabulary.map((_, index) => gguf.i32(index < specialTokens.length ? 3 : 1))),
      ],
      ['tokenizer.ggml.token_type_count', gguf.u32(2)],
      ['tokenizer.ggml.bos_token_id', gguf.u32(2)],
      ['tokenizer.ggml.eos_token_id', gguf.u32(3)],
      ['tokenizer.ggml.unknown_token_id', gguf.u32(1)],
      // So written in llama.cpp.
      ['tokenizer.ggml.seperator_token_id', gguf.u32(3)],
      ['tokenizer.ggml.padding_token_id', gguf.u32(0)],
      ['tokenizer.ggml.cls_token_id', gguf.u32(2)],
      ['tokenizer.ggml.mask_token_id', gguf.u32(4)],
    ],
    tensors: tensors(vocabulary.length),
  };
}

/** A whole reranker of one layer with random weights: its judgement is arbitrary, but always the same. */
export function buildTinyReranker(): Buffer {
  const described = content();
  const file = writeGguf(described);
  const values = described.tensors.reduce(
    (sum, { dimensions }) => sum + dimensions.reduce<number>((product, length) => product * Number(length), 1),
    0,
  );
  // Every tensor but the last, of one value, fills whole stretches of the alignment.
  const dataAt = file.length - Math.ceil((values * 4) / 32) * 32;
  const random = createSeededRandom(7);
  for (let at = dataAt; at + 4 <= file.length; at += 4) file.writeFloatLE(random() - 0.5, at);
  return file;
}
