import { describe, expect, it } from 'vitest';
import { gguf, soundGguf, withEntry, writeGguf } from '../../testing/gguf-writer.ts';
import type { GgufContent, GgufTensor } from '../../testing/gguf-writer.ts';
import type { GgufShape } from './gguf-description.ts';
import { parseGguf } from './read-gguf-description.ts';

const f32 = (name: string, ...dimensions: number[]): GgufTensor => ({ name, dimensions, type: 0 });
const embedding = f32('token_embd.weight', 32, 4);

async function shapeOf(content: GgufContent): Promise<GgufShape> {
  const file = writeGguf(content);
  const source = {
    read: async (buffer: Buffer, offset: number, length: number, position: number) => ({
      bytesRead: file.copy(buffer, offset, position, position + length),
    }),
  };
  return (await parseGguf(source, file.length)).shape;
}
const withTensors = (...tensors: GgufTensor[]): GgufContent => soundGguf({ tensors: [embedding, ...tensors] });

describe('shape of a model', () => {
  // Catches a prediction that leaves out the largest matrix of small models.
  it('counts the embedding for each token where it is the output too, and only there', async () => {
    const shared = await shapeOf(withTensors(f32('blk.0.attn_q.weight', 32, 32)));
    expect(shared).toMatchObject({ hasSharedEmbedding: true, perToken: [{ type: 0, bytes: (32 * 32 + 32 * 4) * 4 }] });
    const own = await shapeOf(withTensors(f32('blk.0.attn_q.weight', 32, 32), f32('output.weight', 32, 4)));
    expect(own).toMatchObject({ hasSharedEmbedding: false, perToken: [{ type: 0, bytes: (32 * 32 + 32 * 4) * 4 }] });
    expect(own.tensorBytes).toBe(shared.tensorBytes + 32 * 4 * 4);
  });

  it.each([
    ['matrices of their own', [f32('blk.0.attn_k.weight', 32, 16), f32('blk.0.attn_v.weight', 32, 8)], 24],
    ['every block', [f32('blk.0.attn_k.weight', 32, 16), f32('blk.1.attn_k.weight', 32, 16)], 32],
    // Queries are 32 rows of the 64.
    ['one matrix with the queries', [f32('blk.0.attn_qkv.weight', 32, 64)], 32],
    // A block with a state keeps the same however long the text is.
    ['blocks without a window', [f32('blk.0.attn_qkv.weight', 32, 64), f32('blk.0.ssm_out.weight', 32, 32)], 0],
  ])('keeps keys and values of %s', async (_, tensors, length) => {
    expect((await shapeOf(withTensors(...tensors))).keyValueLength).toBe(length);
  });

  it('counts the share of experts that a token goes through', async () => {
    const content = withTensors(f32('output.weight', 32, 4), f32('blk.0.ffn_up_exps.weight', 32, 64, 8));
    const withExperts = withEntry(
      'llama.expert_used_count',
      gguf.u32(2),
      withEntry('llama.expert_count', gguf.u32(8), content),
    );
    expect((await shapeOf(withExperts)).perToken).toEqual([
      { type: 0, bytes: 32 * 4 * 4 + (32 * 64 * 8 * 4) / 4, values: 32 * 4 + (32 * 64 * 8) / 4 },
    ]);
  });

  it('finds no window and no shared output in an encoder', async () => {
    const content = withTensors(f32('blk.0.attn_k.weight', 32, 32));
    const entries = content.entries.map(([key, value]) => [key.replace('llama', 'bert'), value] as const);
    const encoder = withEntry('general.architecture', gguf.text('bert'), { ...content, entries });
    expect(await shapeOf(encoder)).toMatchObject({ keyValueLength: 0, hasSharedEmbedding: false });
  });
});
