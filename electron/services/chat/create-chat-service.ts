import type { ModelProvider } from '../../providers/model-provider.ts';
import { createId, messageIdSchema } from '../../shared/ids.ts';
import type { ConversationId, MessageId } from '../../shared/ids.ts';
import type { Storage } from '../../storage/storage.ts';
import type { ConversationsService } from '../conversations/conversations-service.ts';
import type { AnswerRecorder, RunsService } from '../runs/runs-service.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { answerTurn } from './answer-turn.ts';
import type { ChatService, StartedAnswer } from './chat-service.ts';

/** What the chat is made of. `recorder` is the one that the answers service has too. */
export type ChatServiceOptions = {
  readonly storage: Pick<Storage, 'messages'>;
  readonly conversations: Pick<ConversationsService, 'storeQuestion' | 'questionOf'>;
  readonly provider: ModelProvider;
  readonly recorder: AnswerRecorder;
  readonly runs: Pick<RunsService, 'stop' | 'finished'>;
  readonly settings: Pick<SettingsService, 'get'>;
};

/** Chat over stored conversations. */
export function createChatService(options: ChatServiceOptions): ChatService {
  const { storage, conversations, provider, recorder, runs, settings } = options;

  const answer = async (conversationId: ConversationId, questionId: MessageId): Promise<StartedAnswer> => {
    const answerId = createId(messageIdSchema);
    const work = answerTurn({ conversationId, questionId }, { messages: storage.messages, provider, settings });
    const runId = await recorder.begin({ id: answerId, conversationId, parentId: questionId }, work);
    return { conversationId, questionId, answerId, runId };
  };

  return {
    async send(request) {
      const { conversationId, questionId } = await conversations.storeQuestion(request);
      return answer(conversationId, questionId);
    },
    async retry(answerId) {
      const { conversationId, questionId, runId } = await conversations.questionOf(answerId);
      if (runId !== null) {
        runs.stop(runId);
        await runs.finished(runId);
      }
      return answer(conversationId, questionId);
    },
  };
}
