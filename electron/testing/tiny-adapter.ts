import { gguf, writeGguf } from './gguf-writer.ts';
import type { GgufTensor } from './gguf-writer.ts';
import { createSeededRandom } from './seeded-random.ts';

/** Of the starter chat model. */
const [width, inner] = [576, 1_536];
const rank = 4;
const blocks = [0, 1, 2, 3];
/** Large enough that a model of this size says something else. */
const amplitude = 4;

/** A LoRA adapter for the starter chat model that turns its first blocks in some direction; `architecture` may be a wrong one. */
export function buildTinyAdapter({ architecture = 'llama' }: { readonly architecture?: string } = {}): Buffer {
  const tensors: GgufTensor[] = blocks.flatMap((block) => [
    { name: `blk.${block}.ffn_down.weight.lora_a`, dimensions: [inner, rank], type: 0 },
    { name: `blk.${block}.ffn_down.weight.lora_b`, dimensions: [rank, width], type: 0 },
  ]);
  const file = writeGguf({
    magic: 'GGUF',
    version: 3,
    alignment: 32,
    entries: [
      ['general.architecture', gguf.text(architecture)],
      ['general.type', gguf.text('adapter')],
      ['general.name', gguf.text('Tiny adapter')],
      ['adapter.type', gguf.text('lora')],
      ['adapter.lora.alpha', gguf.f32(rank)],
    ],
    tensors,
  });
  const random = createSeededRandom(7);
  // Both shapes are multiples of the alignment, so the data is all of the file's end.
  const dataBytes = blocks.length * rank * (inner + width) * 4;
  for (let at = file.length - dataBytes; at < file.length; at += 4) file.writeFloatLE((random() - 0.5) * amplitude, at);
  return file;
}
