import type { Conversation } from '../../shared/conversation.ts';
import type { ConversationId, DocumentId } from '../../shared/ids.ts';
import type { Message } from '../../shared/message.ts';

/** The conversations of the side bar. What is not there throws `app/not-found`. */
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
}
