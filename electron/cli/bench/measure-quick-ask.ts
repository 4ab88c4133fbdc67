import { AppError } from '../../shared/app-error.ts';
import type { ConversationId } from '../../shared/ids.ts';
import type { BenchSurroundings } from './bench-surroundings.ts';

/** Milliseconds to the first word: from the question to its reader, and of a bare loop over the same words. */
export type QuickAskPair = {
  readonly quickAskMs: number;
  readonly bareMs: number;
  readonly ratio: number;
  readonly promptTokens: number;
  readonly barePromptTokens: number;
};

const answerTokens = 16;
/** Short pairs are cheap, and more of them make a steadier middle. */
const pairsPerRepeat = 3;

/** Begins with its number, so that nothing of it was read before; as long as a paragraph that somebody selected. */
const questionOf = (seed: number): string =>
  `Note ${seed}. ${'The harbour master wrote down every ship that came in before the storm. '.repeat(8)}\nExplain this.`;

/** Asks a warm model in turn, each way round, so that a machine that warms up or slows down favours neither. */
export async function measureQuickAsk(surroundings: BenchSurroundings): Promise<readonly QuickAskPair[]> {
  const { client, repeats } = surroundings;
  await client.settings.update({ answerTokenLimit: answerTokens, temperature: 0 });
  await client.quickAsk.warm();
  let last = await askOnce(surroundings, 0, null);
  await bareOnce(surroundings, 0);
  const pairs: QuickAskPair[] = [];
  for (let index = 1; index <= repeats * pairsPerRepeat; index += 1) {
    const early = index % 2 === 0 ? await bareOnce(surroundings, index) : null;
    last = await askOnce(surroundings, index, last.conversationId);
    const bare = early ?? (await bareOnce(surroundings, index));
    const { firstTextMs: quickAskMs, promptTokens } = last;
    const ratio = quickAskMs / bare.prefillMs;
    pairs.push({ quickAskMs, bareMs: bare.prefillMs, ratio, promptTokens, barePromptTokens: bare.promptTokens });
  }
  await client.quickAsk.forget({ conversationId: last.conversationId });
  return pairs;
}

async function bareOnce({ engine, signal }: BenchSurroundings, seed: number) {
  const turns = [{ role: 'user' as const, text: questionOf(seed) }];
  return await engine.bareLoop({ turns, maxTokens: answerTokens }, signal);
}

async function askOnce({ client, signal }: BenchSurroundings, seed: number, replaces: ConversationId | null) {
  const startedAt = performance.now();
  const question = { text: questionOf(seed), context: null, presetId: null, replaces };
  const { conversationId, runId } = await client.quickAsk.ask(question);
  let firstTextMs = Number.NaN;
  let promptTokens = 0;
  for await (const part of await client.runs.follow({ runId, afterSequence: -1 }, { signal })) {
    if (part.type === 'run-error') throw AppError.fromData(part.error);
    if (part.type === 'text-delta' && Number.isNaN(firstTextMs)) firstTextMs = performance.now() - startedAt;
    if (part.type === 'run-end') promptTokens = part.usage?.inputTokens ?? 0;
  }
  return { conversationId, firstTextMs, promptTokens };
}
