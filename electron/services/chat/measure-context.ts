import type { ModelPreview, ModelProvider } from '../../providers/model-provider.ts';
import { AppError } from '../../shared/app-error.ts';
import type { ContextMeter } from '../../shared/context-meter.ts';
import type { Conversation } from '../../shared/conversation.ts';
import type { ConversationId } from '../../shared/ids.ts';
import { wellFormedText } from '../../shared/well-formed-text.ts';
import type { Storage } from '../../storage/storage.ts';
import type { PresetsService } from '../presets/presets-service.ts';
import { composeTurns } from './compose-turns.ts';
import type { SaidTurn } from './compose-turns.ts';
import { asksDocuments, findSummary, planExchange } from './gather-history.ts';
import { estimatingCounter } from './token-counter.ts';
import type { TokenCounts } from './token-counter.ts';

/** What measuring needs. */
export type MeasureOptions = {
  readonly presets: Pick<PresetsService, 'answerOptions'>;
  readonly storage: Pick<Storage, 'conversations' | 'messages'>;
  readonly provider: ModelProvider;
  readonly counts: TokenCounts;
};

/** The window that is shown while there is no model at all. */
const windowWithoutModel: ModelPreview = { key: '', contextTokens: 8_192, isLoaded: false };

/** What the next question of a conversation follows, remembered while nothing in it changes: typing must not read a book. */
export class ShownBranch {
  readonly #messages: Pick<Storage['messages'], 'branch'>;
  #tipId: Conversation['tipId'] = null;
  #turns: readonly SaidTurn[] | null = null;

  constructor(messages: Pick<Storage['messages'], 'branch'>) {
    this.#messages = messages;
  }

  async turns({ tipId }: Pick<Conversation, 'tipId'>): Promise<readonly SaidTurn[]> {
    if (tipId === null) return [];
    if (this.#turns !== null && this.#tipId === tipId) return this.#turns;
    const branch = await this.#messages.branch(tipId);
    const turns = composeTurns(branch);
    this.#tipId = tipId;
    this.#turns = branch.at(-1)?.status === 'streaming' ? null : turns;
    return turns;
  }

  /** A message that was complete grows again. */
  forget(): void {
    this.#turns = null;
  }
}

async function previewOf(provider: ModelProvider): Promise<ModelPreview> {
  try {
    return await provider.preview();
  } catch (error) {
    if (AppError.from(error).code === 'model/none') return windowWithoutModel;
    throw error;
  }
}

async function findConversation(id: ConversationId | undefined, { storage }: MeasureOptions) {
  if (id === undefined) return null;
  const conversation = await storage.conversations.get(id);
  if (conversation === null)
    throw new AppError('app/not-found', 'There is no such conversation.', { kind: 'conversation' });
  return conversation;
}

/** See `ChatService.meter`. */
export async function measureContext(
  request: { readonly conversationId?: ConversationId; readonly text: string },
  options: MeasureOptions,
  shown: ShownBranch,
  signal: AbortSignal,
): Promise<ContextMeter> {
  const conversation = await findConversation(request.conversationId, options);
  const { modelId, ...wishes } = await options.presets.answerOptions(conversation);
  const provider = options.provider.withModel(modelId);
  const { key, contextTokens, isLoaded } = await previewOf(provider);
  const counter = isLoaded ? await options.counts.counter(key, provider, signal) : estimatingCounter;
  const turns = conversation === null ? [] : await shown.turns(conversation);
  const history = asksDocuments(conversation) ? [] : turns;
  const tipId = conversation?.tipId ?? null;
  const summary = tipId === null ? null : await findSummary(tipId, history, wishes.trimming, options.storage.messages);
  const exchange = { history, tail: [{ role: 'user', text: wellFormedText(request.text) } as const], summary };
  const plan = await planExchange(exchange, wishes, { contextTokens, counter }, signal);
  const trimmedTurns = turns.length - history.length + plan.droppedTurns;
  return {
    windowTokens: contextTokens,
    systemTokens: plan.systemTokens,
    summaryTokens: plan.summaryTokens,
    historyTokens: plan.historyTokens,
    draftTokens: plan.tailTokens,
    answerTokens: plan.answerTokens,
    keptTurns: turns.length - trimmedTurns,
    trimmedTurns,
    trimming: wishes.trimming,
    isTooLong: plan.isTooLong,
    isEstimate: counter.isEstimate,
  };
}
