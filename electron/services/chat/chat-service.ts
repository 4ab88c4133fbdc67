import type { ConversationId, MessageId, RunId } from '../../shared/ids.ts';

/** What a call that begins an answer hands back: the stored question, the growing answer, and the run to follow. */
export type StartedAnswer = {
  readonly conversationId: ConversationId;
  readonly questionId: MessageId;
  readonly answerId: MessageId;
  readonly runId: RunId;
};

export interface ChatService {
  /** Stores the user's turn, then answers it. A missing conversation id begins a new one. Throws `prompt/empty`, `app/not-found`. */
  send(request: { readonly conversationId?: ConversationId; readonly text: string }): Promise<StartedAnswer>;
  /** Answers the question before `answerId` again, on a branch beside it. */
  retry(answerId: MessageId): Promise<StartedAnswer>;
}
