import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/app-error.ts';
import { mutateGguf } from '../../testing/gguf-mutations.ts';
import { soundGguf, writeGguf } from '../../testing/gguf-writer.ts';
import { createSeededRandom } from '../../testing/seeded-random.ts';
import { parseGguf } from './read-gguf-description.ts';

const rounds = 500;
const sound = writeGguf(soundGguf());

/** Code of the outcome, and how many reads it took. */
async function outcomeOf(file: Buffer): Promise<{ readonly outcome: string; readonly reads: number }> {
  let reads = 0;
  const source = {
    async read(buffer: Buffer, offset: number, length: number, position: number) {
      reads += 1;
      return { bytesRead: file.copy(buffer, offset, position, position + length) };
    },
  };
  try {
    await parseGguf(source, file.length);
    return { outcome: 'sound', reads };
  } catch (error) {
    if (!AppError.isInstance(error) || !error.code.startsWith('model/')) throw error;
    return { outcome: error.code, reads };
  }
}

describe('GGUF description of mutated files', () => {
  // A RangeError of a Buffer, or a loop that reads without moving on, fails here with its seed.
  it.each(Array.from({ length: 5 }, (_, index) => index + 1))(
    'ends in a description or a typed error after few reads, with seed %i',
    async (seed) => {
      const random = createSeededRandom(seed);
      const outcomes = new Set<string>();
      for (let round = 0; round < rounds; round += 1) {
        const { outcome, reads } = await outcomeOf(mutateGguf(sound, random));
        expect(reads).toBeLessThanOrEqual(2);
        outcomes.add(outcome);
      }
      expect(outcomes.size).toBeGreaterThanOrEqual(4);
    },
  );
});
