import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { BenchSurroundings } from './bench-surroundings.ts';
import { timeAnswer } from './timed-answer.ts';

/** Passages of each half of a pair. */
const passages = 16;
/** Of each batch while an answer streams, as many as the index hands over at once. */
const batchPassages = 48;
const answerTokens = 96;
const nanosecondsPerMs = 1_000_000;

/** Passages a second through the engine's queue, as the index asks for them, and those of the bare embedder. */
export type IndexingPair = {
  readonly appPassagesPerSecond: number;
  readonly barePassagesPerSecond: number;
  readonly ratio: number;
};

/** Compares in turn, each way round. The embedder must be loaded. */
export async function measureIndexing(surroundings: BenchSurroundings): Promise<readonly IndexingPair[]> {
  await measureApp(surroundings, 0);
  await measureBare(surroundings, 0);
  const pairs: IndexingPair[] = [];
  for (let index = 1; index <= surroundings.repeats; index += 1) {
    const isAppFirst = index % 2 === 0;
    const first = await (isAppFirst ? measureApp : measureBare)(surroundings, index);
    const second = await (isAppFirst ? measureBare : measureApp)(surroundings, index);
    const [appPassagesPerSecond, barePassagesPerSecond] = isAppFirst ? [first, second] : [second, first];
    pairs.push({ appPassagesPerSecond, barePassagesPerSecond, ratio: appPassagesPerSecond / barePassagesPerSecond });
  }
  return pairs;
}

/**
 * Delays of this process's event loop, 99th percentile in milliseconds, while answers stream and passages are embedded in
 * the background; one value a repeat.
 */
export async function measureEventLoop(surroundings: BenchSurroundings): Promise<readonly number[]> {
  await surroundings.client.settings.update({ answerTokenLimit: answerTokens, temperature: 0 });
  const delaysMs: number[] = [];
  for (let index = 0; index < surroundings.repeats; index += 1)
    delaysMs.push(await delayUnderLoad(surroundings, index));
  return delaysMs;
}

async function delayUnderLoad(surroundings: BenchSurroundings, seed: number): Promise<number> {
  const { engine } = surroundings;
  const indexing = new AbortController();
  const signal = AbortSignal.any([surroundings.signal, indexing.signal]);
  const texts = Array.from({ length: batchPassages }, (_, index) => passageText(seed, index));
  const embedded = engine.embed(texts, { priority: 'background', signal }).catch((error: unknown) => {
    if (!indexing.signal.aborted) throw error;
  });
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  try {
    await timeAnswer({ text: `Tell story ${seed + 1} about a lighthouse keeper and his boat.` }, surroundings);
  } finally {
    delay.disable();
    indexing.abort();
    await embedded;
  }
  return delay.percentile(99) / nanosecondsPerMs;
}

async function measureApp({ engine, signal }: BenchSurroundings, seed: number): Promise<number> {
  const texts = Array.from({ length: passages }, (_, index) => passageText(seed, index));
  const startedAtMs = performance.now();
  await engine.embed(texts, { priority: 'background', signal });
  return (1_000 * passages) / (performance.now() - startedAtMs);
}

async function measureBare({ engine, signal }: BenchSurroundings, seed: number): Promise<number> {
  const texts = Array.from({ length: passages }, (_, index) => passageText(seed, index));
  return (1_000 * passages) / (await engine.bareEmbedding(texts, signal)).elapsedMs;
}

const words =
  `the contract says that each party shall deliver goods within thirty days of notice and pay for any damage which
  comes from late delivery unless the harbour was closed by ice or order of the state`.split(/\s+/);

/** About 160 tokens, of one length for both halves. */
export function passageText(seed: number, index: number): string {
  const word = (at: number): string => words[(at * 7 + index * 3 + seed) % words.length] ?? '';
  return Array.from({ length: 150 }, (_, at) => word(at)).join(' ');
}
