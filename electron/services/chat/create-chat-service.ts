import type { Clock } from '../../platform/clock.ts';
import type { ModelProvider } from '../../providers/model-provider.ts';
import { AppError } from '../../shared/app-error.ts';
import { createId, messageIdSchema } from '../../shared/ids.ts';
import type { ConversationId, MessageId } from '../../shared/ids.ts';
import type { Storage } from '../../storage/storage.ts';
import type { AnswerRecorder, RunsService } from '../runs/runs-service.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { answerTurn } from './answer-turn.ts';
import type { ChatService, StartedAnswer } from './chat-service.ts';
import { storeQuestion } from './store-question.ts';

/** What the chat is made of. `recorder` is the one that the answers service has too. */
export type ChatServiceOptions = {
  readonly storage: Pick<Storage, 'conversations' | 'messages'>;
  readonly provider: ModelProvider;
  readonly recorder: AnswerRecorder;
  readonly runs: Pick<RunsService, 'stop' | 'finished'>;
  readonly settings: Pick<SettingsService, 'get'>;
  readonly clock: Clock;
};

/** Chat over stored conversations. */
export function createChatService(options: ChatServiceOptions): ChatService {
  const { storage, provider, recorder, runs, settings, clock } = options;

  const answer = async (conversationId: ConversationId, questionId: MessageId): Promise<StartedAnswer> => {
    const answerId = createId(messageIdSchema);
    const work = answerTurn({ conversationId, questionId }, { messages: storage.messages, provider, settings });
    const runId = await recorder.begin({ id: answerId, conversationId, parentId: questionId }, work);
    return { conversationId, questionId, answerId, runId };
  };

  return {
    async send(request) {
      if (request.text.trim() === '') throw new AppError('prompt/empty', 'The message has no text.');
      const { conversationId, questionId } = await storeQuestion(request, storage, clock);
      return answer(conversationId, questionId);
    },
    async retry(answerId) {
      const before = await storage.messages.get(answerId);
      if (before === null || before.role !== 'assistant' || before.parentId === null) {
        throw new AppError('app/not-found', 'There is no such answer.', { kind: 'message' });
      }
      if (before.runId !== null) {
        runs.stop(before.runId);
        await runs.finished(before.runId);
      }
      return answer(before.conversationId, before.parentId);
    },
  };
}
