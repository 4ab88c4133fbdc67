import type { ChatTurn } from '../../inference/engine.ts';
import type { ModelProvider } from '../../providers/model-provider.ts';
import { AppError } from '../../shared/app-error.ts';
import { mergeNeighbours } from './compose-turns.ts';

/** What the history has to fit into, in tokens. */
export type HistoryLimits = {
  readonly contextTokens: number;
  /** What the user lets an answer have; less where the prompt leaves no room, never below a quarter of the context. */
  readonly answerTokens: number;
};

/** Turns that fit, and the room that they leave. */
export type FittedHistory = {
  readonly turns: readonly ChatTurn[];
  readonly maxTokens: number;
  readonly isTrimmed: boolean;
};

type Counter = Pick<ModelProvider, 'countPromptTokens' | 'countTokens'>;

/** What no chat template needs more of around one turn. */
const tokensAroundTurn = 32;

/** An answer shorter than this is not worth beginning. */
const leastAnswerTokens = 32;

/** A token is at least one byte of UTF-8, so this is never too low. */
function upperBound(turns: readonly ChatTurn[]): number {
  return turns.reduce((sum, { text }) => sum + text.length * 3 + tokensAroundTurn, tokensAroundTurn);
}

/**
 * How many of the oldest turns to leave out. The cut moves in steps of a quarter of the budget: if it moved with every
 * question, the model's state of the conversation would never be worth anything again after the first trimming.
 */
function countDropped(history: readonly ChatTurn[], tokens: readonly number[], excess: number, budget: number): number {
  const step = Math.max(1, Math.floor(budget / 4));
  const target = Math.ceil(excess / step) * step;
  let freed = 0;
  let dropped = 0;
  while (dropped < history.length && (freed < target || history[dropped]?.role === 'assistant')) {
    freed += tokens[dropped] ?? 0;
    dropped += 1;
  }
  return dropped;
}

/**
 * Leaves out the oldest turns until system prompt, the rest and an answer fit, and merges neighbours of one role. The last
 * turn always stays; when it does
 * not fit by itself: AppError `prompt/too-long` with `promptTokens` and `contextTokens`.
 */
export async function fitHistory(
  turns: readonly ChatTurn[],
  { contextTokens, answerTokens }: HistoryLimits,
  counter: Counter,
  signal: AbortSignal,
): Promise<FittedHistory> {
  const whole = mergeNeighbours(turns);
  if (upperBound(whole) + answerTokens <= contextTokens) {
    return { turns: whole, maxTokens: answerTokens, isTrimmed: false };
  }
  const room = (promptTokens: number): number => Math.min(answerTokens, contextTokens - promptTokens);
  const budget = contextTokens - Math.min(answerTokens, Math.floor(contextTokens / 4));

  const all = await counter.countPromptTokens(whole, signal);
  if (all <= budget) return { turns: whole, maxTokens: room(all), isTrimmed: false };

  const system = turns.filter(({ role }) => role === 'system');
  const history = turns.slice(system.length, -1);
  const last = turns.slice(-1);
  const tokens = await counter.countTokens(
    history.map(({ text }) => text),
    signal,
  );
  const dropped = countDropped(history, tokens, all - budget, budget);
  const kept = mergeNeighbours([...system, ...history.slice(dropped), ...last]);
  const promptTokens = dropped === 0 ? all : await counter.countPromptTokens(kept, signal);
  if (promptTokens + leastAnswerTokens > contextTokens) {
    throw new AppError('prompt/too-long', 'The message alone is longer than the context.', {
      promptTokens,
      contextTokens,
    });
  }
  return { turns: kept, maxTokens: room(promptTokens), isTrimmed: dropped > 0 };
}
