import type { Trimming } from '../../shared/conversation.ts';
import type { TemplateTokens } from './token-counter.ts';

/** What has to fit, counted. */
export type HistorySizes = {
  readonly contextTokens: number;
  /** What the user lets an answer have; less where the prompt leaves no room, never below a quarter of the context. */
  readonly answerTokens: number;
  readonly template: TemplateTokens;
  /** Of the system prompt; 0 for none. */
  readonly systemTokens: number;
  /** Turns that may go, oldest first. */
  readonly history: readonly { readonly role: 'user' | 'assistant'; readonly tokens: number }[];
  /** Turns that stay whatever happens: the question, and the answer that is continued. */
  readonly tail: readonly number[];
  readonly trimming: Trimming;
  /** The stored stand-in for the first `turns` of the history; null without one. */
  readonly summary: { readonly turns: number; readonly tokens: number } | null;
};

/** What goes into the window. */
export type HistoryPlan = {
  /** Turns of the history that are left out, the oldest. */
  readonly droppedTurns: number;
  /** What stands in for them: nothing, the stored summary, or one that has to be written up to there. */
  readonly standIn: 'none' | 'stored' | 'unwritten';
  /** Of the stand-in; what it may have at most while it is unwritten. */
  readonly summaryTokens: number;
  /** Of system prompt and template, of the turns that stay, and of the tail; each with the template's own around it. */
  readonly systemTokens: number;
  readonly historyTokens: number;
  readonly tailTokens: number;
  /** Room for the answer; 0 when `isTooLong`. */
  readonly answerTokens: number;
  /** The tail does not fit by itself. */
  readonly isTooLong: boolean;
};

/** An answer shorter than this is not worth beginning. */
const leastAnswerTokens = 32;

/** Tokens that the words around a summary take at most. */
const summaryFrameTokens = 48;

/** Tokens that a summary of the oldest turns may have in a window of this size. */
export function summaryLimit(contextTokens: number): number {
  return Math.min(512, Math.floor(contextTokens / 8));
}

/**
 * How many of the oldest turns to leave out. The cut moves in steps of a quarter of the budget: if it moved with every
 * question, the model's state of the conversation would never be worth anything again after the first trimming.
 */
function countDropped(history: HistorySizes['history'], perTurn: number, excess: number, budget: number): number {
  if (excess <= 0) return 0;
  const step = Math.max(1, Math.floor(budget / 4));
  const target = Math.ceil(excess / step) * step;
  let freed = 0;
  let dropped = 0;
  while (dropped < history.length && (freed < target || history[dropped]?.role === 'assistant')) {
    freed += (history[dropped]?.tokens ?? 0) + perTurn;
    dropped += 1;
  }
  return dropped;
}

type Choice = Pick<HistoryPlan, 'droppedTurns' | 'standIn' | 'summaryTokens'>;

/** Which turns stay, and what stands in for the others. */
function choose(sizes: HistorySizes, budget: number, cost: (dropped: number, summaryTokens: number) => number): Choice {
  const { history, template, trimming, summary, contextTokens } = sizes;
  const whole: Choice = { droppedTurns: 0, standIn: 'none', summaryTokens: 0 };
  const excess = cost(0, 0) - budget;
  if (excess <= 0 || history.length === 0) return whole;
  if (trimming === 'drop-oldest') {
    return { ...whole, droppedTurns: countDropped(history, template.perTurn, excess, budget) };
  }
  const storedTokens = summary === null ? 0 : summary.tokens + summaryFrameTokens;
  if (summary !== null && summary.turns > 0 && cost(summary.turns, storedTokens) <= budget) {
    return { droppedTurns: summary.turns, standIn: 'stored', summaryTokens: storedTokens };
  }
  const summaryTokens = summaryLimit(contextTokens) + summaryFrameTokens;
  const wanted = countDropped(history, template.perTurn, cost(0, summaryTokens) - budget, budget);
  return { droppedTurns: Math.max(wanted, summary?.turns ?? 0), standIn: 'unwritten', summaryTokens };
}

/**
 * Decides what the model is shown. Sending a message and the meter before it both ask here, so that the meter says what
 * happens.
 */
export function planHistory(sizes: HistorySizes): HistoryPlan {
  const { contextTokens, template, history, tail } = sizes;
  const leastRoom = Math.min(2 * leastAnswerTokens, Math.floor(contextTokens / 8));
  const budget = contextTokens - Math.max(leastRoom, Math.min(sizes.answerTokens, Math.floor(contextTokens / 4)));
  const tailTokens =
    template.base + tail.reduce((sum, tokens) => sum + tokens, 0) + Math.max(0, tail.length - 1) * template.perTurn;
  const historyTokens = (dropped: number): number =>
    history.slice(dropped).reduce((sum, { tokens }) => sum + tokens + template.perTurn, 0);
  const systemTokens = (summaryTokens: number): number =>
    sizes.systemTokens + (sizes.systemTokens + summaryTokens > 0 ? template.system : 0);
  const cost = (dropped: number, summaryTokens: number): number =>
    systemTokens(summaryTokens) + summaryTokens + historyTokens(dropped) + tailTokens;

  const choice = choose(sizes, budget, cost);
  const promptTokens = cost(choice.droppedTurns, choice.summaryTokens);
  const isTooLong = promptTokens + leastAnswerTokens > contextTokens;
  return {
    ...choice,
    systemTokens: systemTokens(choice.summaryTokens),
    historyTokens: historyTokens(choice.droppedTurns),
    tailTokens,
    answerTokens: isTooLong ? 0 : Math.min(sizes.answerTokens, contextTokens - promptTokens),
    isTooLong,
  };
}
