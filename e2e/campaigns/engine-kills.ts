// `npm run campaign -- engine-kills [KILLS] [SEED]`: the engine process is killed at random moments of an answer, of a
// prompt, of a load or of embedding, and has to give a completed answer after each. Ends with 1 at the first that fails.
import { createSeededRandom } from '../../electron/testing/seeded-random.ts';
import { createRealEngine, embedderPath, readAnswer, starterModelPath } from '../../electron/testing/real-engine.ts';

const kills = Number(process.argv[2] ?? 20);
const seed = Number(process.argv[3] ?? 1);
/** Long enough to reach from the load into the answer. */
const latestKillMs = 4_000;

const random = createSeededRandom(seed);
const never = new AbortController().signal;
const real = createRealEngine();
const { engine } = real;

async function doSomething(round: number): Promise<string> {
  if (round % 4 === 3) {
    const texts = Array.from({ length: 200 }, (_, index) => `Passage ${index} of round ${round} about the weather.`);
    const outcome = await engine
      .embed(texts, { priority: 'background', signal: never })
      .catch((error: unknown) => error);
    return outcome instanceof Error ? `embedding ended: ${outcome.message}` : 'embedding completed before the kill';
  }
  const length = round % 2 === 0 ? 1 : 120;
  const text = `${'The fox walks along the river bank. '.repeat(length)} Write a very long story about the fox.`;
  const answer = await readAnswer(engine, { turns: [{ role: 'user', text }], maxTokens: 1_000 });
  const outcome = answer.error instanceof Error ? answer.error.message : 'completed before the kill';
  return `${outcome}, after ${answer.text.length} characters`;
}

let answered = 0;
try {
  await engine.load({ slot: 'chat', path: starterModelPath }, { signal: never });
  await engine.load({ slot: 'embedding', path: embedderPath }, { signal: never });
  for (let round = 0; round < kills; round += 1) {
    const afterMs = Math.floor(random() * latestKillMs);
    const timer = setTimeout(() => real.kill(), afterMs);
    const outcome = await doSomething(round);
    clearTimeout(timer);
    real.kill();
    const question = [{ role: 'user', text: 'What is the capital of France?' }] as const;
    const answer = await readAnswer(engine, { turns: question });
    const isAnswered = answer.reason === 'complete' && answer.text.includes('Paris');
    console.log(
      `kill ${round + 1} of ${kills} at ${afterMs} ms: ${outcome}; next answer: ${isAnswered ? 'complete' : 'MISSING'}`,
    );
    if (!isAnswered) break;
    answered += 1;
  }
} finally {
  await engine.close();
}
console.log(`${answered} of ${kills} kills were followed by a completed answer, in ${real.launches} processes.`);
process.exitCode = answered === kills ? 0 : 1;
