import { AppError } from '../../shared/app-error.ts';
import type { BenchSurroundings } from './bench-surroundings.ts';
import { timeAnswer } from './timed-answer.ts';

const answerTokens = 96;
const question = `${'The harbour master wrote down every ship that came in before the storm. '.repeat(30)}
Tell a long story about him.`;

/** Peaks of resident memory, in bytes, of the engine process that gave an answer and of a bare program that gave one as long. */
export type MemoryPair = { readonly engineBytes: number; readonly bareBytes: number; readonly ratio: number };

/** Each pair is two fresh processes. The models that were loaded are put to sleep for it. */
export async function measureMemory(surroundings: BenchSurroundings): Promise<readonly MemoryPair[]> {
  const { client, engine, signal } = surroundings;
  await client.settings.update({ answerTokenLimit: answerTokens, temperature: 0 });
  const pairs: MemoryPair[] = [];
  for (let index = 0; index < Math.min(surroundings.repeats, 3); index += 1) {
    for (const slot of ['chat', 'embedding', 'reranking'] as const) await engine.sleep(slot);
    await timeAnswer({ text: question }, surroundings);
    const loaded = engine.loaded('chat');
    if (loaded === null) throw new AppError('model/none', 'no chat model answered');
    const { path, contextTokens, batchTokens, usesFlashAttention } = loaded;
    const engineBytes = await engine.peakMemoryBytes('chat', signal);
    const program = { path, contextTokens, batchTokens, usesFlashAttention: usesFlashAttention ?? false };
    const bareBytes = await engine.barePeakMemoryBytes(
      { ...program, prompt: question, maxTokens: answerTokens },
      signal,
    );
    pairs.push({ engineBytes, bareBytes, ratio: engineBytes / bareBytes });
  }
  return pairs;
}
