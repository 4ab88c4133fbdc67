import type { ConversationId, MessageId } from '../../shared/ids.ts';
import type { Message } from '../../shared/message.ts';
import type { PlaceChoice } from '../../shared/route.ts';
import type { SearchScope } from '../../shared/search-scope.ts';
import type { StartedAnswer } from '../chat/chat-service.ts';
import type { StoredQuestion } from '../conversations/conversations-service.ts';

export interface AnswersService {
  /**
   * Answers from documents only: passages are found and shown, the answer streams with [n] marks, every sentence is
   * checked; `not-in-documents` when nothing carries an answer. Questions about a whole document are answered by reading
   * every part, comparisons by reading each document. Kept in a conversation like a chat turn.
   */
  ask(request: {
    readonly conversationId?: ConversationId;
    readonly scope: SearchScope;
    readonly question: string;
    readonly choice?: PlaceChoice;
  }): Promise<StartedAnswer>;
  /** Asks the question before `answerId` again, on a branch beside it. */
  retry(answerId: MessageId, choice?: PlaceChoice): Promise<StartedAnswer>;
  /** Answers a question that is stored already, from the conversation's documents. */
  answer(question: StoredQuestion): Promise<StartedAnswer>;
  /** Goes on with an answer from documents: the same message grows, and what it said stays checked as it was. */
  continue(answer: Message): Promise<StartedAnswer>;
}
