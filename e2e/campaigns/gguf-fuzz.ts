// `npm run campaign -- gguf-fuzz [ROUNDS] [SEED]`: mutated model files against the reader that comes before all others.
// Ends with 1 when a file led to anything but a description or a typed error, or to more reads than its size allows.
import { join } from 'node:path';
import { open } from 'node:fs/promises';
import { parseGguf } from '../../electron/inference/gguf/read-gguf-description.ts';
import { AppError } from '../../electron/shared/app-error.ts';
import { mutateGguf } from '../../electron/testing/gguf-mutations.ts';
import { soundGguf, writeGguf } from '../../electron/testing/gguf-writer.ts';
import { createSeededRandom } from '../../electron/testing/seeded-random.ts';

const rounds = Number(process.argv[2] ?? 200_000);
const seed = Number(process.argv[3] ?? 1);
const mebibyte = 1024 * 1024;

/** The header of a real model with its vocabulary, and the size that its whole file has. */
async function readEmbedder(): Promise<{ readonly head: Buffer; readonly sizeBytes: number }> {
  const path = join(import.meta.dirname, '..', '..', 'resources', 'models', 'all-MiniLM-L6-v2-Q8_0.gguf');
  await using file = await open(path);
  const head = Buffer.alloc(mebibyte);
  await file.read(head, 0, head.length, 0);
  return { head, sizeBytes: (await file.stat()).size };
}

async function outcomeOf(file: Buffer, sizeBytes: number): Promise<string> {
  let reads = 0;
  const source = {
    async read(buffer: Buffer, offset: number, length: number, position: number) {
      reads += 1;
      const copied = position < file.length ? file.copy(buffer, offset, position, position + length) : 0;
      // Beyond the mutated head the file is zeros, as long as it is said to be.
      buffer.fill(0, offset + copied, offset + length);
      return { bytesRead: length };
    },
  };
  let outcome = 'sound';
  try {
    await parseGguf(source, sizeBytes);
  } catch (error) {
    if (!AppError.isInstance(error) || !error.code.startsWith('model/')) throw error;
    outcome = `${error.code} ${String(error.details['reason'] ?? '')}`.trim();
  }
  const allowed = 2 + Math.ceil(sizeBytes / mebibyte);
  if (reads > allowed) throw new Error(`${reads} reads of a file that needs at most ${allowed}`);
  return outcome;
}

const random = createSeededRandom(seed);
const small = writeGguf(soundGguf());
const embedder = await readEmbedder();
const outcomes = new Map<string, number>();
let slowestMs = 0;

for (let round = 0; round < rounds; round += 1) {
  const isReal = round % 100 === 0;
  const mutated = mutateGguf(isReal ? embedder.head : small, random);
  const sizeBytes = isReal ? embedder.sizeBytes : mutated.length;
  const startedMs = performance.now();
  try {
    const outcome = await outcomeOf(mutated, sizeBytes);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  } catch (error) {
    console.error(`Round ${round} of seed ${seed}:`, error);
    process.exitCode = 1;
    break;
  }
  slowestMs = Math.max(slowestMs, performance.now() - startedMs);
}

for (const [outcome, count] of [...outcomes].sort(([, a], [, b]) => b - a)) console.log(`${count}\t${outcome}`);
console.log(`${rounds} files, seed ${seed}, ${outcomes.size} outcomes, slowest ${slowestMs.toFixed(1)} ms.`);
