import type { BenchSurroundings } from './bench-surroundings.ts';
import { timeAnswer } from './timed-answer.ts';

/** Long enough that the first and the last token weigh little, short enough that both halves of a pair meet the same machine. */
const answerTokens = 96;
/** Short pairs are cheap, and more of them make a steadier middle. */
const pairsPerRepeat = 3;
const question =
  'Tell a long story about a lighthouse keeper, his boat and the winter storm. Describe everything in detail.';

/** One comparison: tokens a second as the reader of the contract's stream saw them, and those of a bare loop. */
export type DecodePair = {
  readonly apiTokensPerSecond: number;
  readonly bareTokensPerSecond: number;
  readonly ratio: number;
};

/** Compares in turn, each way round, so that a machine that warms up or slows down favours neither. */
export async function measureDecode(surroundings: BenchSurroundings): Promise<readonly DecodePair[]> {
  await surroundings.client.settings.update({ answerTokenLimit: answerTokens, temperature: 0 });
  await measureApi(surroundings);
  await measureBare(surroundings);
  const pairs: DecodePair[] = [];
  for (let index = 0; index < surroundings.repeats * pairsPerRepeat; index += 1) {
    const isApiFirst = index % 2 === 0;
    const first = isApiFirst ? await measureApi(surroundings) : await measureBare(surroundings);
    const second = isApiFirst ? await measureBare(surroundings) : await measureApi(surroundings);
    const [apiTokensPerSecond, bareTokensPerSecond] = isApiFirst ? [first, second] : [second, first];
    pairs.push({ apiTokensPerSecond, bareTokensPerSecond, ratio: apiTokensPerSecond / bareTokensPerSecond });
  }
  return pairs;
}

async function measureApi(surroundings: BenchSurroundings): Promise<number> {
  const { engine, signal } = surroundings;
  const answer = await timeAnswer({ text: question }, surroundings);
  // The clock starts when the first piece is there, so what came with it does not count.
  const [firstTokens = 1] = await engine.countTokens('chat', [answer.firstText], signal);
  const tokens = (answer.usage?.outputTokens ?? 0) - firstTokens;
  return (1_000 * tokens) / (answer.lastTextMs - answer.firstTextMs);
}

async function measureBare({ engine, signal }: BenchSurroundings): Promise<number> {
  const turns = [{ role: 'user' as const, text: question }];
  return (await engine.bareLoop({ turns, maxTokens: answerTokens }, signal)).decodeTokensPerSecond;
}
