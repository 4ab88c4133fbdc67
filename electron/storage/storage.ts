import type { Backup, RescueReport } from '../shared/access.ts';
import type { Conversation, Folder, MessageOutline } from '../shared/conversation.ts';
import type { DocumentDescription, Passage } from '../shared/document.ts';
import type { Draft, DraftKey } from '../shared/draft.ts';
import type {
  ConversationId,
  DocumentHash,
  DocumentId,
  FolderId,
  MessageId,
  PassageId,
  PresetId,
  SummaryId,
} from '../shared/ids.ts';
import type { LedgerEntry } from '../shared/ledger-entry.ts';
import type { Message } from '../shared/message.ts';
import type { MessageSearch } from '../shared/message-search.ts';
import type { Preset } from '../shared/preset.ts';
import type { Settings, SettingsPatch } from '../shared/settings.ts';
import type { Summary } from '../shared/summary.ts';

/** Every write resolves after its commit. Deletions keep the rows until `purge`, so that they can be undone. */
export interface ConversationRepository {
  /** Newest first by `updatedAt`; deleted ones left out. */
  list(): Promise<readonly Conversation[]>;
  get(id: ConversationId): Promise<Conversation | null>;
  insert(conversation: Conversation): Promise<void>;
  update(id: ConversationId, change: Partial<Omit<Conversation, 'id' | 'isPrivate' | 'createdAt'>>): Promise<void>;
  remove(id: ConversationId): Promise<void>;
  restore(id: ConversationId): Promise<void>;
  /** Those that wait for a title by the model: origin `first-words` and a complete answer; newest first. */
  untitled(limit: number): Promise<readonly Conversation[]>;
}

/** Folders of the conversation list. */
export interface FolderRepository {
  /** In the order of their names. */
  list(): Promise<readonly Folder[]>;
  insert(folder: Folder): Promise<void>;
  rename(id: FolderId, name: string): Promise<void>;
  /** Its conversations lose it, in the same transaction. */
  remove(id: FolderId): Promise<void>;
}

/** Presets of the user's own, and which of the built-in ones are hidden. */
export interface PresetRepository {
  list(): Promise<readonly Preset[]>;
  /** Throws `app/invalid-input` with `reason: 'command-taken'`. */
  put(preset: Preset): Promise<void>;
  remove(id: PresetId): Promise<void>;
  restore(id: PresetId): Promise<void>;
  hiddenBuiltIns(): Promise<readonly PresetId[]>;
  setBuiltInHidden(id: PresetId, isHidden: boolean): Promise<void>;
}

/** What was begun and not sent. A draft goes with its conversation. */
export interface DraftRepository {
  get(key: DraftKey): Promise<Draft | null>;
  put(key: DraftKey, draft: Draft): Promise<void>;
  remove(key: DraftKey): Promise<void>;
}

/** What stands in for the oldest turns of a branch: `text` summarises everything up to `messageId`, that one included. */
export type HistorySummary = {
  readonly conversationId: ConversationId;
  readonly messageId: MessageId;
  readonly text: string;
};

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
    change: Partial<Pick<Message, 'parts' | 'status' | 'runId' | 'usage' | 'modelName' | 'route' | 'error'>>,
  ): Promise<void>;
  /** At start: answers that were being written when the app ended become `interrupted`. Returns how many. */
  interruptStreaming(): Promise<number>;
  /** Every message of a conversation, oldest first: its whole tree. */
  ofConversation(id: ConversationId): Promise<readonly Message[]>;
  outline(id: ConversationId): Promise<readonly MessageOutline[]>;
  /** The newest end of the branches that go through `id`; `id` itself where nothing follows it. */
  newestEnd(id: MessageId): Promise<MessageId>;
  /** See `SearchService.find`. */
  search(query: string, limit: number): Promise<MessageSearch>;
  /** See `SearchService.inConversation`; only messages of the branch that ends in `tipId`. */
  searchBranch(tipId: MessageId, query: string): Promise<readonly MessageId[]>;
  /** A whole conversation with its tree, as an import brings it, in one transaction. `messages` has parents first. */
  insertConversation(conversation: Conversation, messages: readonly Message[]): Promise<void>;
  /** Of the branch that ends in `tipId`, the summary that reaches furthest; null without one. */
  historySummary(tipId: MessageId): Promise<HistorySummary | null>;
  putHistorySummary(summary: HistorySummary): Promise<void>;
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

/** How the database was found when it was opened. */
export type OpenedDatabase = {
  /** Written by a newer version: every change throws `storage/read-only`. */
  readonly isReadOnly: boolean;
  /** Commits that the counter outside the log remembers and the database does not have; 0 is the rule. */
  readonly lostCommits: number;
};

/** A place on the disk and the key to it. */
export type DatabaseFile = {
  /** Absolute path of the database; its log lies beside it, its backups in `backups/` beside it. */
  readonly path: string;
  /** 32 random bytes. */
  readonly key: Uint8Array;
};

/** Work on the database as a whole. Runs beside the calls and holds none of them up for long. */
export interface DatabaseMaintenance {
  /** A verified copy in `backups/`, the three newest kept. Nothing happens for a database in memory or a read-only one. */
  backUp(): Promise<void>;
  /** Every record in a new encrypted file, verified, which appears whole or not at all. Throws `app/invalid-input` where one exists. */
  copyTo(target: DatabaseFile): Promise<void>;
  /** Deleted records of before `before` (milliseconds since 1970) go for good; returns how many conversations and documents. */
  purge(before: number): Promise<number>;
}

/** The database, in a worker thread of its own: one writer, asynchronous repositories. */
export type Storage = {
  readonly opened: OpenedDatabase;
  readonly conversations: ConversationRepository;
  readonly folders: FolderRepository;
  readonly presets: PresetRepository;
  readonly drafts: DraftRepository;
  readonly messages: MessageRepository;
  readonly documents: DocumentRepository;
  readonly passages: PassageRepository;
  readonly summaries: SummaryRepository;
  readonly settings: SettingsRepository;
  readonly ledger: LedgerRepository;
  readonly maintenance: DatabaseMaintenance;
  close(): Promise<void>;
};

/**
 * Where the database lives: in memory, empty or with every record of the file `copyOf`, which must be of this version and
 * nobody's at the moment; or encrypted in a file. Where no file lies, one is made, unless traces of an
 * earlier one lie there (`storage/corrupt`) or `mayCreate` is false; it is true by default.
 */
export type StorageLocation =
  | { readonly kind: 'memory'; readonly copyOf?: DatabaseFile | undefined }
  | ({ readonly kind: 'file'; readonly mayCreate?: boolean | undefined } & DatabaseFile);

/** Work on a database that does not open. Each call runs in a thread of its own. Nothing changes the damaged file itself. */
export interface DamagedDatabase {
  /** Newest first; only those that the key opens. */
  backups(): Promise<readonly Backup[]>;
  /** Reads everything once and counts what can be had. */
  inspect(): Promise<RescueReport>;
  /** Puts the backup in place; the damaged files stay beside it under names that end in `.damaged-<time>`. */
  restoreBackup(name: string): Promise<void>;
  /** Puts a new database with what can be read in place; the damaged files stay as with `restoreBackup`. */
  rescue(): Promise<RescueReport>;
}
