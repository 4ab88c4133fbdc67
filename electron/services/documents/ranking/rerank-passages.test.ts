import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/app-error.ts';
import { buildCandidates, buildPassages } from '../../../testing/build-candidates.ts';
import { createRecordingLogger } from '../../../testing/recording-logger.ts';
import { createPassageReranker } from './rerank-passages.ts';
import type { PassageRerankerOptions } from './rerank-passages.ts';

const signal = new AbortController().signal;

const ranked = (count: number) =>
  buildCandidates(buildPassages(Array.from({ length: count }, (_, index) => ({ text: `text ${index}` })))).map(
    (candidate, index) => ({ ...candidate, score: 1 - index / 100 }),
  );

/** A reranker that likes the last text best. */
function open(rerank: PassageRerankerOptions['engine']['rerank'], isInstalled = true) {
  // Only the path is read of a model that is found.
  const model = isInstalled ? ({ path: '/models/reranker.gguf', description: {} } as never) : null;
  return createPassageReranker({
    engine: { load: () => Promise.resolve({} as never), rerank },
    models: { reranker: async () => await Promise.resolve(model) },
    logger: createRecordingLogger(),
  });
}

const lastFirst: PassageRerankerOptions['engine']['rerank'] = async (_query, texts) =>
  await Promise.resolve(texts.map((_text, index) => index / texts.length));

describe('createPassageReranker', () => {
  it('puts the first twenty in the order of the model, and the rest behind them with no higher score', async () => {
    const order = (await open(lastFirst).rerank('q', ranked(25), signal)) ?? [];
    expect(order).toHaveLength(25);
    expect(order[0]?.passage.text).toBe('text 19');
    expect(order[20]?.passage.text).toBe('text 20');
    const scores = order.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((one, other) => other - one));
  });

  it('is nothing without a reranker, and when it fails', async () => {
    // Catches a search that fails because a model did.
    expect(await open(lastFirst, false).rerank('q', ranked(3), signal)).toBeNull();
    const broken = open(() => Promise.reject(new AppError('engine/crashed', 'Gone.')));
    expect(await broken.rerank('q', ranked(3), signal)).toBeNull();
  });

  it('ends when the search is given up', async () => {
    const aborted = AbortSignal.abort(new Error('given up'));
    const slow = open(() => Promise.reject(new Error('given up')));
    await expect(slow.rerank('q', ranked(3), aborted)).rejects.toThrow('given up');
  });
});
