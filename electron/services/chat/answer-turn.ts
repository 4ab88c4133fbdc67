import type { ModelProvider } from '../../providers/model-provider.ts';
import type { ConversationId, MessageId } from '../../shared/ids.ts';
import type { MessageRepository } from '../../storage/storage.ts';
import type { AnswerWork } from '../runs/runs-service.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { composeTurns } from './compose-turns.ts';
import { fitHistory } from './fit-history.ts';

/** What answering needs. */
export type AnswerTurnOptions = {
  readonly messages: Pick<MessageRepository, 'branch'>;
  readonly provider: ModelProvider;
  readonly settings: Pick<SettingsService, 'get'>;
};

/** The work of one chat answer: gathers the branch that ends in the question, makes it fit, and lets the model speak. */
export function answerTurn(
  { conversationId, questionId }: { readonly conversationId: ConversationId; readonly questionId: MessageId },
  { messages, provider, settings }: AnswerTurnOptions,
): AnswerWork {
  return async (answer, signal) => {
    const { systemPrompt, temperature, answerTokenLimit } = await settings.get();
    const branch = await messages.branch(questionId);
    const contextTokens = await provider.contextTokens({ ...answer.prepare, signal });
    const limits = { contextTokens, answerTokens: answerTokenLimit };
    const { turns, maxTokens, isTrimmed } = await fitHistory(
      composeTurns(systemPrompt, branch),
      limits,
      provider,
      signal,
    );
    if (isTrimmed) answer.addNotice('history-trimmed');
    return answer.addModelStream(
      provider.stream(
        { conversationKey: conversationId, turns, sampling: { temperature }, maxTokens, priority: 'interactive' },
        signal,
      ),
    );
  };
}
