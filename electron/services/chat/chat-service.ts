import type { ContextMeter } from '../../shared/context-meter.ts';
import type { ConversationId, MessageId, RunId } from '../../shared/ids.ts';
import type { PlaceChoice } from '../../shared/route.ts';

/** What a call that begins an answer hands back: the stored question, the growing answer, and the run to follow. */
export type StartedAnswer = {
  readonly conversationId: ConversationId;
  readonly questionId: MessageId;
  readonly answerId: MessageId;
  readonly runId: RunId;
};

export interface ChatService {
  /** Stores the user's turn at the tip, then answers it. A missing conversation id begins a new one. Throws `prompt/empty`, `app/not-found`. */
  send(request: {
    readonly conversationId?: ConversationId;
    readonly text: string;
    readonly choice?: PlaceChoice;
  }): Promise<StartedAnswer>;
  /** Answers the question before `answerId` again, on a branch beside it. */
  retry(answerId: MessageId, choice?: PlaceChoice): Promise<StartedAnswer>;
  /** Asks in other words: a question beside `questionId`, answered from documents where the conversation has some. */
  edit(request: { readonly questionId: MessageId; readonly text: string }): Promise<StartedAnswer>;
  /**
   * Goes on with an answer that was interrupted, stopped or cut at its length: the same message grows. Throws
   * `app/invalid-input` for a complete one, `app/not-found`.
   */
  continue(answerId: MessageId): Promise<StartedAnswer>;
  /** What would be in the context window if `text` were sent now; loads no model. */
  meter(
    request: { readonly conversationId?: ConversationId; readonly text: string },
    signal: AbortSignal,
  ): Promise<ContextMeter>;
}
