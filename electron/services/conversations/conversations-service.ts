import type { Conversation } from '../../shared/conversation.ts';
import type { ConversationId, DocumentId, MessageId, RunId } from '../../shared/ids.ts';
import type { Message } from '../../shared/message.ts';

/** A turn of the user's. A missing conversation id begins a new one. */
export type Question = {
  readonly conversationId?: ConversationId;
  readonly text: string;
  /** What it is asked of, from now on in this conversation; left out, that stays as it was. */
  readonly documentIds?: readonly DocumentId[];
};

/** Where a question stands in the tree of messages. */
export type StoredQuestion = { readonly conversationId: ConversationId; readonly questionId: MessageId };

/** The conversations, and the one way in which a question enters them. What is not there throws `app/not-found`. */
export interface ConversationsService {
  /** The one with the latest message first. */
  list(): Promise<readonly Conversation[]>;
  /** The conversation and the messages of its shown branch, oldest first. Throws `app/not-found`. */
  open(id: ConversationId): Promise<{ readonly conversation: Conversation; readonly messages: readonly Message[] }>;
  create(options: { readonly documentIds: readonly DocumentId[] }): Promise<Conversation>;
  /** Line breaks and outer spaces go, at most 200 characters stay; a blank title changes nothing. */
  rename(id: ConversationId, title: string): Promise<Conversation>;
  setDocuments(id: ConversationId, documentIds: readonly DocumentId[]): Promise<Conversation>;
  remove(id: ConversationId): Promise<void>;
  /** Undoes `remove`. */
  restore(id: ConversationId): Promise<Conversation>;
  /**
   * Stores a question at the tip of its conversation, making the conversation where there is none and naming it where it
   * has no name. Resolves after the commit. Throws `prompt/empty`, `app/not-found`.
   */
  storeQuestion(question: Question): Promise<StoredQuestion>;
  /** The question that an answer was given to, and the answer's run while it grows. Throws `app/not-found`. */
  questionOf(answerId: MessageId): Promise<StoredQuestion & { readonly runId: RunId | null }>;
}
