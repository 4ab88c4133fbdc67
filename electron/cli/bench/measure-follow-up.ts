import type { BenchSurroundings } from './bench-surroundings.ts';
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

const harbours = ['Bergen', 'Cork', 'Dieppe', 'Emden', 'Faro', 'Gdansk', 'Hamina', 'Izmir', 'Kalmar', 'Lorient'];
const cargoes = ['salt', 'timber', 'wool', 'oranges', 'slate', 'herring', 'copper', 'barley'];

/** A ship's log of about so many tokens, other for every seed from its first word on. */
async function historyText({ engine, signal }: BenchSurroundings, seed: number, tokens: number): Promise<string> {
  const line = (index: number): string => {
    const harbour = harbours[(index * 7 + seed * 3) % harbours.length];
    const cargo = cargoes[(index * 5 + seed) % cargoes.length];
    return `Log ${seed + 1}, day ${index + 1}: the ship left ${harbour} with ${20 + ((index * 13) % 60)} tons of ${cargo}.`;
  };
  const sample = Array.from({ length: 20 }, (_, index) => line(index)).join(' ');
  const [sampleTokens = 400] = await engine.countTokens('chat', [sample], signal);
  const lines = Math.max(1, Math.round((20 * tokens) / sampleTokens));
  return Array.from({ length: lines }, (_, index) => line(index)).join(' ');
}
