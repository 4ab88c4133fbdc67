import type { BenchSurroundings } from './bench-surroundings.ts';
import { historyText } from './history-text.ts';
import { timeAnswer } from './timed-answer.ts';

/** Tokens of history before the follow-up. */
const historyTokens = 2_000;
const answerTokens = 16;

/** Milliseconds from the call to the first text that its reader saw. */
export type FollowUpPair = {
  readonly coldMs: number;
  readonly followUpMs: number;
  readonly ratio: number;
  readonly historyTokens: number;
  /** Tokens of the follow-up's prompt that were not evaluated again. */
  readonly reusedTokens: number;
};

/** Each pair has a history of its own, so nothing of an earlier one can be used again in the cold half. */
export async function measureFollowUp(surroundings: BenchSurroundings): Promise<readonly FollowUpPair[]> {
  await surroundings.client.settings.update({ answerTokenLimit: answerTokens, temperature: 0 });
  await measurePair(surroundings, 0, historyTokens / 4);
  const pairs: FollowUpPair[] = [];
  for (let index = 1; index <= surroundings.repeats; index += 1) {
    pairs.push(await measurePair(surroundings, index, historyTokens));
  }
  return pairs;
}

async function measurePair(surroundings: BenchSurroundings, seed: number, tokens: number): Promise<FollowUpPair> {
  const history = await historyText(surroundings, seed, tokens);
  const cold = await timeAnswer({ text: `${history}\n\nWhich harbour was named first?` }, surroundings);
  const next = { text: 'And which one was named last?', conversationId: cold.conversationId };
  const followUp = await timeAnswer(next, surroundings);
  return {
    coldMs: cold.firstTextMs,
    followUpMs: followUp.firstTextMs,
    ratio: cold.firstTextMs / followUp.firstTextMs,
    historyTokens: cold.usage?.inputTokens ?? 0,
    reusedTokens: followUp.usage?.reusedTokens ?? 0,
  };
}
