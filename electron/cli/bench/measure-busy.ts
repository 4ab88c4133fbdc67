import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { BenchSurroundings } from './bench-surroundings.ts';
import { passageText } from './measure-indexing.ts';
import { timeAnswer } from './timed-answer.ts';

const answerTokens = 64;
const passages = 12;
const question = 'Tell a long story about a lighthouse keeper and the winter storm.';

/** Tokens or passages a second beside programs that keep every core busy: as the app does it, and with the best fixed number of threads. */
export type BusyPair = {
  readonly appPerSecond: number;
  readonly bestFixedPerSecond: number;
  readonly threads: number;
  readonly ratio: number;
};

/** The threads had time to adapt before anything counts. */
export async function measureBusy(surroundings: BenchSurroundings): Promise<{
  readonly decode: readonly BusyPair[];
  readonly embedding: readonly BusyPair[];
}> {
  await surroundings.client.settings.update({ answerTokenLimit: answerTokens, temperature: 0 });
  await using _busy = keepCoresBusy();
  await decodeInApp(surroundings);
  await embedInApp(surroundings, 0);
  const [decode, embedding]: [BusyPair[], BusyPair[]] = [[], []];
  for (let index = 1; index <= surroundings.repeats; index += 1) {
    const decoded = await decodeInApp(surroundings);
    decode.push(pairOf(decoded, await bestOf((threads) => decodeBare(surroundings, threads))));
    const embedded = await embedInApp(surroundings, index);
    embedding.push(pairOf(embedded, await bestOf((threads) => embedBare(surroundings, index, threads))));
  }
  return { decode, embedding };
}

async function decodeInApp(surroundings: BenchSurroundings): Promise<number> {
  const { usage } = await timeAnswer({ text: question }, surroundings);
  return usage?.tokensPerSecond ?? 0;
}

async function decodeBare({ engine, signal }: BenchSurroundings, threads: number): Promise<number> {
  const turns = [{ role: 'user' as const, text: question }];
  return (await engine.bareLoop({ turns, maxTokens: answerTokens, threads }, signal)).decodeTokensPerSecond;
}

async function embedInApp({ engine, signal }: BenchSurroundings, seed: number): Promise<number> {
  const startedAtMs = performance.now();
  await engine.embed(textsOf(seed), { priority: 'background', signal });
  return (1_000 * passages) / (performance.now() - startedAtMs);
}

async function embedBare({ engine, signal }: BenchSurroundings, seed: number, threads: number): Promise<number> {
  return (1_000 * passages) / (await engine.bareEmbedding(textsOf(seed), signal, threads)).elapsedMs;
}

function textsOf(seed: number): readonly string[] {
  return Array.from({ length: passages }, (_, index) => passageText(seed, index));
}

async function bestOf(
  measure: (threads: number) => Promise<number>,
): Promise<{ readonly perSecond: number; readonly threads: number }> {
  let best = { perSecond: 0, threads: 1 };
  const cores = availableParallelism();
  for (const threads of new Set([1, Math.ceil(cores / 2), cores])) {
    const perSecond = await measure(threads);
    if (perSecond > best.perSecond) best = { perSecond, threads };
  }
  return best;
}

function pairOf(appPerSecond: number, best: { readonly perSecond: number; readonly threads: number }): BusyPair {
  const { perSecond: bestFixedPerSecond, threads } = best;
  return { appPerSecond, bestFixedPerSecond, threads, ratio: appPerSecond / bestFixedPerSecond };
}

/** A process for each core that does nothing but compute, until it is disposed of. */
function keepCoresBusy(): AsyncDisposable {
  const processes: readonly ChildProcess[] = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['-e', 'for(;;);'], { stdio: 'ignore', env: {} }),
  );
  return {
    [Symbol.asyncDispose]: async () => {
      for (const child of processes) child.kill('SIGKILL');
    },
  };
}
