import type { ConversationId, DocumentId, MessageId } from '../../shared/ids.ts';
import type { StartedAnswer } from '../chat/chat-service.ts';

export interface AnswersService {
  /**
   * Answers from documents only: passages are found and shown, the answer streams with [n] marks, every sentence is
   * checked; `not-in-documents` when nothing relevant is found. Kept in a conversation like a chat turn.
   */
  ask(request: {
    readonly conversationId?: ConversationId;
    readonly documentIds: readonly DocumentId[];
    readonly question: string;
  }): Promise<StartedAnswer>;
  /** Asks the question before `answerId` again, on a branch beside it. */
  retry(answerId: MessageId): Promise<StartedAnswer>;
}
