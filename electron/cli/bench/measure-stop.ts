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
  const pressed = Promise.withResolvers<{ readonly at: number; readonly freeAt: number }>();
  let isPressed = false;
  const startedAt = performance.now();
  const answer = await timeAnswer(
    {
      text,
      onPart: ({ runId, texts }) => {
        const isDue = during === 'reading' ? engine.state.state === 'busy' : texts >= 3 + (seed % 12);
        if (!isDue || isPressed) return;
        isPressed = true;
        const at = performance.now();
        pressed.resolve(whenFree(engine).then((freeAt) => ({ at, freeAt })));
        void client.runs.stop({ runId });
      },
    },
    surroundings,
  );
  // An answer may end by itself before the button is reached: then there was nothing to stop.
  if (!isPressed) return { during, toLastTextMs: 0, toFreeMs: 0 };
  const { at, freeAt } = await pressed.promise;
  const lastTextMs = Number.isNaN(answer.lastTextMs) ? 0 : startedAt + answer.lastTextMs - at;
  return { during, toLastTextMs: Math.max(0, lastTextMs), toFreeMs: freeAt - at };
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
