import { describe, expect, it } from 'vitest';
import { createLibraryGenerator } from '../../testing/generated-library.ts';
import { toCoarse } from './coarse-vector.ts';
import { findNearest } from './nearest-passages.ts';
import { packSigns, signWords } from './vector-memory.ts';
import type { VectorMemory } from './vector-memory.ts';

function remember(vectors: readonly Float32Array[], dimensions: number): VectorMemory {
  const memory = {
    dimensions,
    count: vectors.length,
    passages: Int32Array.from(vectors, (_, index) => index + 10),
    bytes: new Int8Array(vectors.length * dimensions),
    lengths: new Float32Array(vectors.length),
    signs: new Int32Array(vectors.length * signWords(dimensions)),
  };
  vectors.forEach((vector, index) => {
    const coarse = toCoarse(vector);
    memory.bytes.set(coarse, index * dimensions);
    memory.lengths[index] = Math.hypot(...coarse);
    packSigns(coarse, memory.signs, index * signWords(dimensions));
  });
  return memory;
}

const cosine = (one: Float32Array, other: Float32Array): number =>
  one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);
const everything = { has: () => true, count: 1, first: 0, last: 0 };

describe('findNearest', () => {
  // Catches a shortcut by signs that leaves out what comparing every number finds.
  it('finds among many what comparing each one exactly does', () => {
    const generator = createLibraryGenerator({ documents: 900, passagesPerDocument: 10, subjects: 60 });
    const vectors = Array.from({ length: 900 }, (_, index) => generator.vectors(index)).flat();
    const memory = remember(vectors, 384);
    let shared = 0;
    for (let round = 0; round < 4; round += 1) {
      const { vector } = generator.question();
      const exact = vectors
        .map((other, index) => ({ number: index + 10, score: cosine(vector, other) }))
        .sort((one, other) => other.score - one.score)
        .slice(0, 50);
      const found = findNearest(memory, vector, everything, 50);
      expect(found[0]?.number).toBe(exact[0]?.number);
      expect(found[0]?.score).toBeCloseTo(exact[0]?.score ?? 0, 2);
      shared += exact.filter(({ number }) => found.some((near) => near.number === number)).length;
    }
    // A byte a number swaps what is equal to three digits at the end of the list, now and then.
    expect(shared).toBeGreaterThanOrEqual(196);
  }, 60_000);

  it.each([1, 31, 33, 257, 4_096])('compares vectors of %d numbers', (dimensions) => {
    const unit = (at: number) => Float32Array.from({ length: dimensions }, (_, index) => Number(index === at));
    const even = new Float32Array(dimensions).fill(1 / Math.sqrt(dimensions));
    const memory = remember([unit(0), even, unit(dimensions - 1).map((value) => -value)], dimensions);
    const found = findNearest(memory, even, everything, 3);
    expect(found[0]?.score).toBeCloseTo(1, 3);
    expect(found.at(-1)).toMatchObject({ number: 12 });
    expect(found.at(-1)?.score).toBeCloseTo(-1 / Math.sqrt(dimensions), 3);
  });

  it('gives no more than there is in the scope', () => {
    const memory = remember([Float32Array.of(1, 0), Float32Array.of(0, 1)], 2);
    const scope = { ...everything, has: (number: number) => number === 11 };
    expect(findNearest(memory, Float32Array.of(1, 0), scope, 5)).toEqual([{ number: 11, score: 0 }]);
  });
});
