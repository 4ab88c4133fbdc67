import { describe, expect, it } from 'vitest';
import { gguf, soundGguf, writeGguf } from '../../../testing/gguf-writer.ts';
import { createSeededRandom } from '../../../testing/seeded-random.ts';
import { AppError } from '../../../shared/app-error.ts';
import { buildTinyAdapter } from '../../../testing/tiny-adapter.ts';
import { parseGgufAdapter } from './read-adapter-description.ts';
import type { GgufAdapterDescription } from './read-adapter-description.ts';

async function read(file: Buffer): Promise<GgufAdapterDescription> {
  const source = {
    read: async (buffer: Buffer, offset: number, length: number, position: number) => ({
      bytesRead: file.copy(buffer, offset, position, position + length),
    }),
  };
  return await parseGgufAdapter(source, file.length);
}

describe('parseGgufAdapter', () => {
  it('describes an adapter', async () => {
    const file = buildTinyAdapter();
    expect(await read(file)).toEqual({
      architecture: 'llama',
      name: 'Tiny adapter',
      parameterCount: 4 * 4 * (1_536 + 576),
      sizeBytes: file.length,
    });
  });

  it.each([
    { what: 'a model', file: writeGguf(soundGguf()), code: 'model/wrong-kind' },
    { what: 'another kind of adapter', file: withType('control-vector'), code: 'model/unsupported' },
    { what: 'an adapter without a strength', file: withType('lora'), code: 'model/malformed' },
    { what: 'an adapter that ends early', file: buildTinyAdapter().subarray(0, 60_000), code: 'model/truncated' },
    { what: 'no GGUF file', file: Buffer.from('hello, world'), code: 'model/not-a-model' },
  ])('refuses $what', async ({ file, code }) => {
    await expect(read(file)).rejects.toMatchObject({ code });
  });

  // The library that would read it next has less care.
  it('answers every damaged header with a description or a typed error', async () => {
    const random = createSeededRandom(11);
    for (let round = 0; round < 500; round += 1) {
      const file = Buffer.from(buildTinyAdapter().subarray(0, 4_096));
      for (let change = 0; change < 3; change += 1)
        file.writeUInt8(Math.floor(random() * 256), Math.floor(random() * 900));
      const outcome = await read(file).catch((error: unknown) => error);
      expect(AppError.isInstance(outcome)).toBe(true);
    }
  });
});

function withType(type: string): Buffer {
  return writeGguf({
    ...soundGguf(),
    entries: [
      ['general.architecture', gguf.text('llama')],
      ['general.type', gguf.text('adapter')],
      ['adapter.type', gguf.text(type)],
    ],
  });
}
