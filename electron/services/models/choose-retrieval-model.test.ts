import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gguf, soundGguf, withEntry, writeGguf } from '../../testing/gguf-writer.ts';
import { createTestModels } from '../../testing/test-models.ts';
import type { TestModels } from '../../testing/test-models.ts';

let test: TestModels;
beforeEach(async () => {
  test = await createTestModels();
});
afterEach(() => test.close());

const modelOf = (name: string, pooling: number, extraBytes = 0): Buffer => {
  const named = withEntry('general.name', gguf.text(name), soundGguf());
  const file = writeGguf(withEntry('llama.pooling_type', gguf.u32(pooling), named));
  return Buffer.concat([file, Buffer.alloc(extraBytes)]);
};

describe('models service: embedder', () => {
  it('is the one of the settings while the folder has it, else the built-in one', async () => {
    await test.place('own.gguf', modelOf('Own embedder', 1));
    expect((await test.service.embedder()).description.isBuiltIn).toBe(true);
    const own = (await test.service.list()).models.find(({ kind, isBuiltIn }) => kind === 'embedding' && !isBuiltIn);
    await test.settings.update({ embedderId: own?.id ?? null });
    expect((await test.service.embedder()).description).toEqual(own);
    // Catches questions that fail because the chosen file was deleted.
    await test.place('own.gguf', modelOf('Another', 1));
    expect((await test.service.embedder()).description.isBuiltIn).toBe(true);
  });

  // Catches a chat model or a reranker that is loaded as an embedder because the settings name it.
  it('is the built-in one when the settings name a model of another kind', async () => {
    await test.place('rank.gguf', modelOf('Rank', 4));
    await test.settings.update({ embedderId: await test.idOf('Rank') });
    expect((await test.service.embedder()).description.isBuiltIn).toBe(true);
  });
});

describe('models service: reranker', () => {
  it('is the smallest reranker of the folder, and null without one', async () => {
    await test.place('embed.gguf', modelOf('Embed', 1));
    expect(await test.service.reranker()).toBeNull();
    await test.place('large.gguf', modelOf('Large', 4, 4_096));
    await test.place('small.gguf', modelOf('Small', 4));
    expect((await test.service.reranker())?.description).toMatchObject({ name: 'Small', kind: 'reranking' });
  });
});
