import type { Conversation } from '../shared/conversation.ts';
import type { DocumentDescription, Passage } from '../shared/document.ts';
import type { ConversationId, DocumentHash, DocumentId, MessageId, PassageId, SummaryId } from '../shared/ids.ts';
import type { LedgerEntry } from '../shared/ledger-entry.ts';
import type { Message } from '../shared/message.ts';
import type { Settings, SettingsPatch } from '../shared/settings.ts';
import type { Summary } from '../shared/summary.ts';

/** Every write resolves after its commit. Deletions keep the rows until `purge`, so that they can be undone. */
export interface ConversationRepository {
  /** Newest first by `updatedAt`; deleted ones left out. */
  list(): Promise<readonly Conversation[]>;
  get(id: ConversationId): Promise<Conversation | null>;
  insert(conversation: Conversation): Promise<void>;
  update(
    id: ConversationId,
    change: Partial<Pick<Conversation, 'title' | 'tipId' | 'documentIds' | 'updatedAt'>>,
  ): Promise<void>;
  remove(id: ConversationId): Promise<void>;
  restore(id: ConversationId): Promise<void>;
}

/** The turns of all conversations, as a tree. A change to a message that is not there throws `app/not-found`. */
export interface MessageRepository {
  /** The branch that ends in `tipId`, oldest first. */
  branch(tipId: MessageId): Promise<readonly Message[]>;
  get(id: MessageId): Promise<Message | null>;
  /** Stores the message and makes it the conversation's tip, in one transaction; `updatedAt` follows. */
  append(message: Message): Promise<void>;
  /** Replaces what may change while an answer is written. */
  update(
    id: MessageId,
    change: Partial<Pick<Message, 'parts' | 'status' | 'runId' | 'usage' | 'modelName' | 'route'>>,
  ): Promise<void>;
  /** At start: answers that were being written when the app ended become `interrupted`. Returns how many. */
  interruptStreaming(): Promise<number>;
}

/** What is kept of a document beside its description. */
export type StoredDocument = {
  readonly description: DocumentDescription;
  readonly text: string;
  readonly headings: readonly { readonly level: number; readonly title: string; readonly start: number }[];
};

/** A found passage; what `score` means is told by the search that found it, and scores of two searches do not compare. */
export type ScoredPassage = { readonly passage: Passage; readonly score: number };

/** Documents with their extracted text. Newest first; removed ones are as if they were not there. */
export interface DocumentRepository {
  list(): Promise<readonly DocumentDescription[]>;
  get(id: DocumentId): Promise<DocumentDescription | null>;
  findByHash(hash: DocumentHash): Promise<DocumentDescription | null>;
  /** Document, passages and full-text rows in one transaction: all of it or nothing. */
  insert(document: StoredDocument, passages: readonly Passage[]): Promise<void>;
  update(id: DocumentId, change: Partial<Pick<DocumentDescription, 'status' | 'error' | 'name'>>): Promise<void>;
  headings(id: DocumentId): Promise<StoredDocument['headings']>;
  /** `text.slice(start, end)` of the extracted text, clamped to it. */
  text(id: DocumentId, start: number, end: number): Promise<string>;
  remove(id: DocumentId): Promise<void>;
  /** Undoes `remove`; throws `app/invalid-input` when the same bytes were added again meanwhile. */
  restore(id: DocumentId): Promise<void>;
}

/** The passages of all documents and the two indexes over them. `limit` is 1 to 1,000. */
export interface PassageRepository {
  /** In document order. */
  ofDocument(id: DocumentId): Promise<readonly Passage[]>;
  /** Passages without a vector yet, in document order. */
  withoutVector(id: DocumentId, limit: number): Promise<readonly Passage[]>;
  /** Vectors of 384 numbers and unit length; a passage that has one keeps it. All of them or none. */
  insertVectors(vectors: readonly { readonly passageId: PassageId; readonly vector: Float32Array }[]): Promise<void>;
  /** Full-text search by BM25, best first; `score` grows with relevance. Query syntax is taken as words, never as operators. */
  searchLexical(query: string, documentIds: readonly DocumentId[], limit: number): Promise<readonly ScoredPassage[]>;
  /** Nearest by cosine, best first; `score` is the cosine, -1 to 1. */
  searchDense(
    vector: Float32Array,
    documentIds: readonly DocumentId[],
    limit: number,
  ): Promise<readonly ScoredPassage[]>;
}

/** Summaries, newest first, kept when their document is removed. */
export interface SummaryRepository {
  list(): Promise<readonly Summary[]>;
  get(id: SummaryId): Promise<Summary | null>;
  insert(summary: Summary): Promise<void>;
  update(id: SummaryId, change: Partial<Omit<Summary, 'id' | 'documentId' | 'createdAt'>>): Promise<void>;
  remove(id: SummaryId): Promise<void>;
  restore(id: SummaryId): Promise<void>;
  /** At start: runs that ended with the app become `stopped`. */
  stopRunning(): Promise<number>;
}

/** All settings as one record; a fresh database has the defaults. */
export interface SettingsRepository {
  get(): Promise<Settings>;
  /** Merges, validates and stores; returns the whole. */
  update(patch: SettingsPatch): Promise<Settings>;
}

/** What left the machine or was refused. `limit` is 1 to 1,000. */
export interface LedgerRepository {
  /** Newest first. */
  list(limit: number): Promise<readonly LedgerEntry[]>;
  insert(entry: LedgerEntry): Promise<void>;
  update(
    id: LedgerEntry['id'],
    change: Partial<Pick<LedgerEntry, 'outcome' | 'bytesSent' | 'bytesReceived'>>,
  ): Promise<void>;
}

/** The database, in a worker thread of its own: one writer, asynchronous repositories. */
export type Storage = {
  readonly conversations: ConversationRepository;
  readonly messages: MessageRepository;
  readonly documents: DocumentRepository;
  readonly passages: PassageRepository;
  readonly summaries: SummaryRepository;
  readonly settings: SettingsRepository;
  readonly ledger: LedgerRepository;
  close(): Promise<void>;
};

/** Where the database lives. Memory only, until a key exists that could protect a file. */
export type StorageLocation = { readonly kind: 'memory' };
