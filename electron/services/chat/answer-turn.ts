import type { ChatTurn } from '../../inference/engine.ts';
import type { ModelProvider } from '../../providers/model-provider.ts';
import { readPrompt } from '../../providers/prompt-template.ts';
import { AppError } from '../../shared/app-error.ts';
import type { ConversationId, MessageId } from '../../shared/ids.ts';
import type { Storage } from '../../storage/storage.ts';
import type { Place } from '../cloud/cloud-service.ts';
import type { AnswerWork, GrowingAnswer } from '../runs/runs-service.ts';
import type { AnswerOptions, PresetsService } from '../presets/presets-service.ts';
import { composeTurns, mergeNeighbours, systemText } from './compose-turns.ts';
import { findSummary, planExchange } from './gather-history.ts';
import type { Exchange } from './gather-history.ts';
import type { HistoryPlan } from './plan-history.ts';
import { summariseHistory } from './summarise-history.ts';
import type { TokenCounter, TokenCounts } from './token-counter.ts';

/** What answering needs. */
export type AnswerTurnOptions = {
  readonly presets: Pick<PresetsService, 'answerOptions'>;
  readonly storage: Pick<Storage, 'conversations' | 'messages'>;
  readonly provider: ModelProvider;
  readonly counts: TokenCounts;
  readonly resourcesFolder: string;
};

/** What is answered; the answer that is to be continued has said something already. */
export type Turn = {
  readonly conversationId: ConversationId;
  readonly questionId: MessageId;
  readonly textSoFar: string;
};

async function gatherExchange(
  { questionId, textSoFar }: Turn,
  trimming: AnswerOptions['trimming'],
  { messages }: AnswerTurnOptions['storage'],
): Promise<Exchange> {
  const said = composeTurns(await messages.branch(questionId));
  const history = said.slice(0, -1);
  const soFar: readonly ChatTurn[] = textSoFar === '' ? [] : [{ role: 'assistant', text: textSoFar }];
  const tail = [...said.slice(-1), ...soFar].map(({ role, text }) => ({
    role: role === 'assistant' ? role : ('user' as const),
    text,
  }));
  return { history, tail, summary: await findSummary(questionId, history, trimming, messages) };
}

/** The text that stands in for the turns that are left out; written now where the stored one does not reach far enough. */
async function standInFor(
  exchange: Exchange,
  plan: HistoryPlan,
  conversationId: ConversationId,
  parts: {
    readonly options: AnswerTurnOptions;
    readonly provider: ModelProvider;
    readonly counter: TokenCounter;
    readonly contextTokens: number;
    readonly answer: GrowingAnswer;
  },
  signal: AbortSignal,
): Promise<string> {
  const { history, summary } = exchange;
  if (plan.standIn === 'none') return '';
  if (plan.standIn === 'stored' && summary !== null) return summary.text;
  const { options, contextTokens } = parts;
  const template = await readPrompt(options.resourcesFolder, 'summarise-history');
  const turns = history.slice(summary?.turns ?? 0, plan.droppedTurns);
  const task = { conversationId, summary: summary?.text ?? '', turns, contextTokens, template };
  return summariseHistory(task, { ...parts, messages: options.storage.messages }, signal);
}

function composePrompt(systemPrompt: string, standIn: string, { history, tail }: Exchange, dropped: number) {
  const text = systemText(systemPrompt, standIn);
  const system: readonly ChatTurn[] = text === '' ? [] : [{ role: 'system', text }];
  return mergeNeighbours(
    [...system, ...history.slice(dropped), ...tail].map(({ role, text: said }) => ({ role, text: said })),
  );
}

/** The work of one chat answer: gathers the branch that ends in the question, makes it fit, and lets the model speak. */
export function answerTurn(turn: Turn, options: AnswerTurnOptions, place: Place): AnswerWork {
  const { storage, counts } = options;
  const { conversationId } = turn;
  return async (answer, signal) => {
    const conversation = await storage.conversations.get(conversationId);
    const { modelId, ...said } = await options.presets.answerOptions(conversation);
    // A remote is not asked twice, the first time only to shorten what the second is shown.
    const wishes = place.isRemote ? ({ ...said, trimming: 'drop-oldest' } as const) : said;
    const provider = place.provider(options.provider.withModel(modelId));
    const exchange = await gatherExchange(turn, wishes.trimming, storage);
    const contextTokens = await provider.contextTokens({ ...answer.prepare, signal });
    const counter = await counts.counter((await provider.preview()).key, provider, signal);
    const plan = await planExchange(exchange, wishes, { contextTokens, counter }, signal);
    if (plan.isTooLong) {
      const promptTokens = plan.systemTokens + plan.summaryTokens + plan.historyTokens + plan.tailTokens;
      throw new AppError('prompt/too-long', 'The message alone is longer than the context.', {
        promptTokens,
        contextTokens,
      });
    }
    const parts = { options, provider, counter, contextTokens, answer };
    const standIn = await standInFor(exchange, plan, conversationId, parts, signal);
    if (plan.droppedTurns > 0) answer.addNotice(standIn === '' ? 'history-trimmed' : 'history-summarised');
    const request = {
      conversationKey: conversationId,
      turns: composePrompt(wishes.systemPrompt, standIn, exchange, plan.droppedTurns),
      sampling: { temperature: wishes.temperature },
      maxTokens: plan.answerTokens,
      priority: 'interactive',
    } as const;
    return answer.addModelStream(provider.stream(request, signal));
  };
}
