import type { InferenceEngine } from '../../inference/engine.ts';
import type { BenchSurroundings } from './bench-surroundings.ts';
import { timeAnswer } from './timed-answer.ts';

/** What one press of the stop button took, in milliseconds. */
export type StopTimes = {
  /** Pressed while the prompt was read, or while the answer was written. */
  readonly during: 'reading' | 'writing';
  readonly toLastTextMs: number;
  readonly toFreeMs: number;
};

const answerTokens = 400;

/** Stops answers in turn while they are read and while they are written. */
export async function measureStops(surroundings: BenchSurroundings): Promise<readonly StopTimes[]> {
  await surroundings.client.settings.update({ answerTokenLimit: answerTokens, temperature: 0 });
  await stopOnce(surroundings, 'writing', 0);
  const times: StopTimes[] = [];
  for (let index = 1; index <= surroundings.repeats * 2; index += 1) {
    times.push(await stopOnce(surroundings, 'writing', index), await stopOnce(surroundings, 'reading', index));
  }
  return times;
}

async function stopOnce(
  surroundings: BenchSurroundings,
  during: StopTimes['during'],
  seed: number,
): Promise<StopTimes> {
  const { client, engine } = surroundings;
  // Begins with its number, so that nothing of it was read before.
  const long = `Entry ${seed}. ${'The harbour master wrote down every ship that came in before the storm. '.repeat(120)}`;
  const text = during === 'reading' ? `${long}\nSum it up.` : `Story ${seed}: write a very long tale of the sea.`;
  let startedAt = performance.now();
  let pressedAt = Number.NaN;
  let free: Promise<number> | null = null;
  const press = (runId: Parameters<typeof client.runs.stop>[0]['runId']): void => {
    pressedAt = performance.now();
    free = whenFree(engine);
    void client.runs.stop({ runId });
  };
  startedAt = performance.now();
  const answer = await timeAnswer(
    {
      text,
      onPart: ({ runId, texts }) => {
        const isDue = during === 'reading' ? engine.state.state === 'busy' : texts >= 3 + (seed % 12);
        if (isDue && Number.isNaN(pressedAt)) press(runId);
      },
    },
    surroundings,
  );
  const freeAt = (await (free ?? Promise.resolve(performance.now()))) as number; // the callback assigned it, which flow analysis cannot see
  const lastTextAt = Number.isNaN(answer.lastTextMs) ? pressedAt : startedAt + answer.lastTextMs;
  return { during, toLastTextMs: Math.max(0, lastTextAt - pressedAt), toFreeMs: freeAt - pressedAt };
}

/** The moment at which the engine has nothing to do. */
async function whenFree(engine: InferenceEngine): Promise<number> {
  if (engine.state.state !== 'busy') return performance.now();
  const { promise, resolve } = Promise.withResolvers<number>();
  const unsubscribe = engine.onState(({ state }) => {
    if (state !== 'busy') resolve(performance.now());
  });
  const at = await promise;
  unsubscribe();
  return at;
}
