// `npm run campaign -- model-cycles [CYCLES]`: loads a model, lets it answer, stops an answer, and takes the model away, over
// and over in one engine process. Ends with 1 when a process crashed, or when the memory of the engine process or of this one
// grew by more than 5 % from the warmed-up beginning to the end. Needs a system that tells the memory of processes (Linux).
import { readFile } from 'node:fs/promises';
import { createRealEngine, embedderPath, readAnswer, starterModelPath } from '../../electron/testing/real-engine.ts';

const cycles = Number(process.argv[2] ?? 100);
/** Pools of threads and buffers are filled by then. */
const warmUpCycles = Math.min(10, Math.max(1, Math.floor(cycles / 5)));
const mostGrowth = 0.05;
const question = [{ role: 'user', text: 'What is the capital of France?' }] as const;
const story = [{ role: 'user', text: 'Write a very long story about a fox.' }] as const;

const never = new AbortController().signal;
const real = createRealEngine();
const { engine } = real;
/** Resident bytes at the end of each cycle, with the chat model taken away. */
const engineBytes: number[] = [];
const appBytes: number[] = [];

/** Stays, so that the process does not end with the chat model: a fresh process would have nothing to leak. */
await engine.load({ slot: 'embedding', path: embedderPath }, { signal: never });
try {
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    // Windows and options change, as they do for people who try things out.
    const contextTokens = cycle % 2 === 0 ? 1_024 : 2_048;
    await engine.load({ slot: 'chat', path: starterModelPath, contextTokens }, { signal: never });
    const answer = await readAnswer(engine, { turns: question, maxTokens: 12 });
    const stop = new AbortController();
    const stopped = await readAnswer(
      engine,
      { turns: story, maxTokens: 400 },
      { signal: stop.signal, onText: (text) => text.length > 20 && stop.abort() },
    );
    if (!answer.text.includes('Paris') || stopped.reason !== 'stopped') {
      throw new Error(`cycle ${cycle}: ${answer.text} ${String(answer.error)} ${stopped.reason ?? 'no end'}`);
    }
    await engine.unload('chat');
    engineBytes.push(await residentBytes(real.processId));
    appBytes.push(await residentBytes(process.pid));
    if (cycle % 10 === 0 || cycle === cycles) {
      console.log(
        `cycle ${cycle} of ${cycles}: engine ${mebibytes(engineBytes.at(-1))}, app ${mebibytes(appBytes.at(-1))}`,
      );
    }
  }
} finally {
  await engine.close();
}

const grown = { engine: growth(engineBytes), app: growth(appBytes) };
const crashes = real.launches - 1;
console.log(
  `${engineBytes.length} cycles, ${crashes} crashes; memory grew by ${percent(grown.engine)} in the engine and ${percent(grown.app)} in the app.`,
);
process.exitCode = crashes === 0 && grown.engine <= mostGrowth && grown.app <= mostGrowth ? 0 : 1;

async function residentBytes(processId: number | null): Promise<number> {
  const status = await readFile(`/proc/${processId ?? 'self'}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) * 1_024;
}

/** Middle of the last tenth against the middle of those after the warm-up: one collection of garbage says nothing. */
function growth(bytes: readonly number[]): number {
  const width = Math.max(3, Math.floor(cycles / 10));
  const before = middle(bytes.slice(warmUpCycles, warmUpCycles + width));
  return middle(bytes.slice(-width)) / before - 1;
}

function middle(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function mebibytes(bytes: number | undefined): string {
  return `${((bytes ?? Number.NaN) / 1024 ** 2).toFixed(0)} MiB`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
