import type { BenchSurroundings } from './bench-surroundings.ts';
import { timeAnswer } from './timed-answer.ts';

/** What one press of the stop button took, in milliseconds. */
export type StopTimes = {
  /** Pressed while the prompt was read, or while the answer was written. */
  readonly during: 'reading' | 'writing';
  readonly toLastTextMs: number;
  /** Until the engine has said the first token of something else. */
  readonly toFreeMs: number;
};

const answerTokens = 400;

/** Stops answers in turn while they are read and while they are written. */
export async function measureStops(surroundings: BenchSurroundings): Promise<readonly StopTimes[]> {
  await surroundings.client.settings.update({ answerTokenLimit: answerTokens, temperature: 0 });
  await stopOnce(surroundings, 'writing', 0);
  const times: StopTimes[] = [];
  for (let index = 1; index <= surroundings.repeats * 2; index += 1) {
    for (const during of ['writing', 'reading'] as const) {
      const stopped = await stopOnce(surroundings, during, index);
      if (stopped !== null) times.push(stopped);
    }
  }
  return times;
}

/** Null when the answer ended by itself before the button was reached: then there was nothing to stop. */
async function stopOnce(
  surroundings: BenchSurroundings,
  during: StopTimes['during'],
  seed: number,
): Promise<StopTimes | null> {
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
        const stopped = client.runs.stop({ runId });
        pressed.resolve(stopped.then(async () => ({ at, freeAt: await whenFree(surroundings) })));
      },
    },
    surroundings,
  );
  if (!isPressed) return null;
  const { at, freeAt } = await pressed.promise;
  const lastTextMs = Number.isNaN(answer.lastTextMs) ? 0 : startedAt + answer.lastTextMs - at;
  return { during, toLastTextMs: Math.max(0, lastTextMs), toFreeMs: freeAt - at };
}

/**
 * The moment at which the engine has said the first token of something else: later than the moment at which it was free, by
 * the few tokens of this prompt, and beyond doubt. The engine's own word would be that of the side that asked it to stop.
 */
async function whenFree({ engine, signal }: BenchSurroundings): Promise<number> {
  const request = {
    conversationKey: 'bench-after-stop',
    turns: [{ role: 'user' as const, text: 'Hi' }],
    sampling: { temperature: 0 },
    maxTokens: 1,
    priority: 'interactive' as const,
  };
  for await (const part of engine.generate(request, signal)) if (part.type !== 'prefill-progress') break;
  return performance.now();
}
