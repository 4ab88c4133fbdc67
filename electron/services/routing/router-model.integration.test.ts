import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRealEngine, embedderPath } from '../../testing/real-engine.ts';
import { project, routerModel } from './router-model.ts';

const { engine } = createRealEngine();
const signal = new AbortController().signal;

describe('the router’s directions', () => {
  beforeAll(async () => {
    await engine.load({ slot: 'embedding', path: embedderPath }, { signal });
  });
  afterAll(() => engine.close());

  // Catches directions that were found with another embedder than the one that ships: they would tell nothing apart.
  it('tell questions of different kinds apart, by the embedder that ships', async () => {
    const texts = [
      'Who led the Norman invasion?',
      'Who led the Norman conquest?',
      'What did the user interface designer say?',
    ];
    const vectors = await engine.embed(texts, { priority: 'interactive', signal });
    const [one, alike, other] = vectors.map((vector) => project(routerModel.projection, vector) ?? []);
    const distance = (from: readonly number[] = [], to: readonly number[] = []): number =>
      Math.hypot(...from.map((value, at) => value - (to[at] ?? 0)));
    expect(one).toHaveLength(12);
    expect(distance(one, alike)).toBeLessThan(distance(one, other) / 2);
  });

  it('are of length 1 and at right angles', () => {
    const { directions } = routerModel.projection;
    for (const [at, direction] of directions.entries()) {
      for (const [place, other] of directions.entries()) {
        const product = direction.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);
        expect(product).toBeCloseTo(at === place ? 1 : 0, 1);
      }
    }
  });
});
