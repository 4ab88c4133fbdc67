import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RealEngine } from '../testing/real-engine.ts';
import { createRealEngine, embedderPath } from '../testing/real-engine.ts';
import { buildTinyReranker } from '../testing/tiny-reranker.ts';

const never = new AbortController().signal;
const options = { priority: 'interactive', signal: never } as const;
const texts = ['the fox jumps over the river', 'tax law of the moon', 'a dog sleeps', 'fox', ''];

describe('rerank with a reranker of random weights', () => {
  let real: RealEngine;
  let folder: string;
  beforeAll(async () => {
    real = createRealEngine();
    folder = await mkdtemp(join(tmpdir(), 'sotto-rerank-'));
    await writeFile(join(folder, 'tiny.gguf'), buildTinyReranker());
  });
  afterAll(async () => {
    await real.engine.close();
    await rm(folder, { recursive: true });
  });

  it('says model/none before a reranker is loaded, and model/wrong-kind for an embedder', async () => {
    await expect(real.engine.rerank('fox', texts, options)).rejects.toMatchObject({ code: 'model/none' });
    const asReranker = real.engine.load({ slot: 'reranking', path: embedderPath }, { signal: never });
    await expect(asReranker).rejects.toMatchObject({ code: 'model/wrong-kind' });
    const asEmbedder = real.engine.load({ slot: 'embedding', path: join(folder, 'tiny.gguf') }, { signal: never });
    await expect(asEmbedder).rejects.toMatchObject({ code: 'model/wrong-kind' });
  });

  // Catches relevances in another order than the texts', and ones that depend on what was ranked before.
  it('gives every text its own relevance, in order', async () => {
    const loaded = await real.engine.load({ slot: 'reranking', path: join(folder, 'tiny.gguf') }, { signal: never });
    expect(loaded).toMatchObject({ slot: 'reranking', contextTokens: 128, dimensions: null });
    const relevances = await real.engine.rerank('the fox', texts, options);
    expect(relevances).toHaveLength(texts.length);
    expect(relevances.every((value) => value > 0 && value < 1)).toBe(true);
    expect(new Set(relevances).size).toBe(texts.length);
    const backwards = await real.engine.rerank('the fox', [...texts].toReversed(), options);
    expect(backwards.toReversed()).toEqual(relevances);
    const [other] = await real.engine.rerank('tax law', texts, options);
    expect(other).not.toBe(relevances[0]);
  });

  it('cuts a query and texts that are longer than the window', async () => {
    const long = 'fox dog river '.repeat(500);
    expect(await real.engine.rerank(long, [long, 'fox'], options)).toHaveLength(2);
    expect(await real.engine.rerank('', [''], options)).toHaveLength(1);
  });

  it('stops when aborted, and counts tokens by its own vocabulary', async () => {
    const controller = new AbortController();
    const many = Array.from({ length: 20_000 }, () => 'the fox jumps over the river');
    const ranking = real.engine.rerank('dog', many, { priority: 'background', signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    await expect(ranking).rejects.toMatchObject({ name: 'AbortError' });
    expect(await real.engine.countTokens('reranking', ['the fox jumps'], never)).toEqual([3]);
    await real.engine.unload('reranking');
    await expect(real.engine.rerank('fox', texts, options)).rejects.toMatchObject({ code: 'model/none' });
  });
});
