import type {
  Conversation,
  ConversationOptionsPatch,
  Folder,
  MessageOutline,
  Placement,
} from '../../shared/conversation.ts';
import type { CollectionId, ConversationId, DocumentId, FolderId, MessageId } from '../../shared/ids.ts';
import type { Message } from '../../shared/message.ts';
import type { FindingKind } from '../../shared/screening.ts';
import type { SearchScope } from '../../shared/search-scope.ts';

/** A turn of the user's. A missing conversation id begins a new one. */
export type Question = {
  readonly conversationId?: ConversationId;
  readonly text: string;
  /** What it is asked of, from now on in this conversation; left out, that stays as it was. */
  readonly documentIds?: readonly DocumentId[];
  readonly collectionIds?: readonly CollectionId[];
  /** What it follows: a message of the conversation, null for its beginning; left out, the tip. */
  readonly parentId?: MessageId | null;
};

/** Where a question stands in the tree of messages. */
export type StoredQuestion = { readonly conversationId: ConversationId; readonly questionId: MessageId };

/** What a new conversation begins with. */
export type NewConversation = {
  readonly documentIds: readonly DocumentId[];
  readonly collectionIds?: readonly CollectionId[];
  readonly isPrivate?: boolean;
  readonly folderId?: FolderId | null;
  readonly options?: ConversationOptionsPatch;
};

/** The conversations, and the one way in which a question enters them. What is not there throws `app/not-found`. */
export interface ConversationsService {
  /** The one with the latest message first; archived and private ones included. */
  list(): Promise<readonly Conversation[]>;
  /** The conversation and the messages of its shown branch, oldest first. Throws `app/not-found`. */
  open(id: ConversationId): Promise<{ readonly conversation: Conversation; readonly messages: readonly Message[] }>;
  /** The branch that ends in `tipId`, oldest first, without showing it: for comparing two. */
  branch(tipId: MessageId): Promise<readonly Message[]>;
  /** Every message of every branch without its content, oldest first. */
  outline(id: ConversationId): Promise<readonly MessageOutline[]>;
  /**
   * Shows the branch through `messageId`: up to its newest end, or, with `isEnd`, only up to the message itself, so that
   * the next question begins a branch there.
   */
  show(id: ConversationId, messageId: MessageId, isEnd: boolean): Promise<Conversation>;
  create(options: NewConversation): Promise<Conversation>;
  /** Line breaks and outer spaces go, at most 200 characters stay; a blank title changes nothing. */
  rename(id: ConversationId, title: string): Promise<Conversation>;
  /** Gives a title that a model wrote to a conversation that still has its first words for one; nothing happens otherwise. */
  offerTitle(id: ConversationId, title: string): Promise<void>;
  place(id: ConversationId, placement: Placement): Promise<Conversation>;
  /** What its questions are asked of from now on. */
  setScope(id: ConversationId, scope: SearchScope): Promise<Conversation>;
  setOptions(id: ConversationId, options: ConversationOptionsPatch): Promise<Conversation>;
  /** Its own label; what it inherits from elsewhere stays. */
  setLocalOnly(id: ConversationId, isLocalOnly: boolean): Promise<Conversation>;
  remove(id: ConversationId): Promise<void>;
  /** Undoes `remove`. */
  restore(id: ConversationId): Promise<Conversation>;
  folders(): Promise<readonly Folder[]>;
  createFolder(name: string): Promise<Folder>;
  renameFolder(id: FolderId, name: string): Promise<Folder>;
  setFolderLocalOnly(id: FolderId, isLocalOnly: boolean): Promise<Folder>;
  /** Its conversations stay, outside any folder. */
  removeFolder(id: FolderId): Promise<void>;
  /**
   * Stores a question, making the conversation where there is none and naming it where it has no name. Resolves after the
   * commit. Throws `prompt/empty`, `app/not-found`.
   */
  storeQuestion(question: Question): Promise<StoredQuestion>;
  /** The question before `answerId`, to be answered again; an answer that still grows is stopped first. Throws `app/not-found`. */
  askAgain(answerId: MessageId): Promise<StoredQuestion>;
  /**
   * Stores a question beside `questionId`, in other words; an answer to the old one that still grows is stopped first.
   * Throws `prompt/empty`, `app/not-found`.
   */
  askInOtherWords(questionId: MessageId, text: string): Promise<StoredQuestion>;
  /**
   * Keeps what a person wants to see or to use of an answer in which something was noticed, in place of what was said
   * before. Nothing happens to an answer that still grows, or in which nothing was noticed. Throws `app/not-found`.
   */
  allowFindings(answerId: MessageId, kinds: readonly FindingKind[]): Promise<void>;
  /**
   * Yields a number at once and another one after each change of what the list shows: conversations, their titles and
   * places, and folders. Changes in a row are told once. Ends with the service.
   */
  watchChanges(signal: AbortSignal): AsyncIterable<number>;
  /** Tells watchers of a change that another part made, such as an import. */
  noteChange(): void;
  close(): void;
}
