import type { MessageId } from '../../shared/ids.ts';
import { isEmptyScope } from '../../shared/search-scope.ts';
import type { SearchScope } from '../../shared/search-scope.ts';
import type { MessageRepository } from '../../storage/storage.ts';
import type { AnswerOptions } from '../presets/presets-service.ts';
import { systemText } from './compose-turns.ts';
import type { SaidTurn } from './compose-turns.ts';
import { planHistory } from './plan-history.ts';
import type { HistoryPlan } from './plan-history.ts';
import type { TokenCounter } from './token-counter.ts';

/** What an answer is given to: the turns before, and those that stay in any case. */
export type Exchange = {
  readonly history: readonly SaidTurn[];
  /** The question, and the answer that is continued. */
  readonly tail: readonly { readonly role: 'user' | 'assistant'; readonly text: string }[];
  /** The stand-in for the beginning of the history, as it was stored. */
  readonly summary: StoredSummary | null;
};

/** A stored summary and how many turns of the history it stands for. */
export type StoredSummary = { readonly text: string; readonly turns: number };

/** A text of more windows than this is not counted to its end. */
const enoughWindows = 8;

/** Finds the stored summary of a branch, where the options ask for one. */
export async function findSummary(
  tipId: MessageId,
  history: readonly SaidTurn[],
  trimming: AnswerOptions['trimming'],
  messages: Pick<MessageRepository, 'historySummary'>,
): Promise<StoredSummary | null> {
  if (trimming === 'drop-oldest') return null;
  const stored = await messages.historySummary(tipId);
  const index = history.findIndex(({ messageId }) => messageId === stored?.messageId);
  return stored === null || index === -1 ? null : { text: stored.text, turns: index + 1 };
}

/** Counts an exchange and decides what of it the model is shown. */
export async function planExchange(
  { history, tail, summary }: Exchange,
  { systemPrompt, answerTokens, trimming }: Pick<AnswerOptions, 'systemPrompt' | 'answerTokens' | 'trimming'>,
  { contextTokens, counter }: { readonly contextTokens: number; readonly counter: TokenCounter },
  signal: AbortSignal,
): Promise<HistoryPlan> {
  const texts = [systemText(systemPrompt, ''), summary?.text ?? '', ...[...history, ...tail].map(({ text }) => text)];
  const [systemTokens = 0, summaryTokens = 0, ...tokens] = await counter.count(
    texts,
    enoughWindows * contextTokens,
    signal,
  );
  return planHistory({
    contextTokens,
    answerTokens,
    template: counter.template,
    systemTokens,
    history: history.map(({ role }, index) => ({ role, tokens: tokens[index] ?? 0 })),
    tail: tokens.slice(history.length),
    trimming,
    summary: summary === null ? null : { turns: summary.turns, tokens: summaryTokens },
  });
}

/** True for a conversation whose questions are answered from documents: what was said before is not shown to the model. */
export function asksDocuments(conversation: SearchScope | null): boolean {
  return conversation !== null && !isEmptyScope(conversation);
}
