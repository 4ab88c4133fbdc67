import type { Backup, RescueReport } from '../shared/access.ts';
import type { Conversation, Folder, MessageOutline } from '../shared/conversation.ts';
import type { AppErrorData } from '../shared/app-error.ts';
import type { DocumentDescription, DocumentPage, Passage } from '../shared/document.ts';
import type { Draft, DraftKey } from '../shared/draft.ts';
import type {
  CollectionId,
  ConversationId,
  DocumentHash,
  DocumentId,
  FolderId,
  LibraryFileId,
  MessageId,
  ModelId,
  PassageId,
  PresetId,
  SourceId,
  SummaryId,
} from '../shared/ids.ts';
import type { Collection, FileCounts, LibraryFile, LibraryFileStatus } from '../shared/library.ts';
import type { Message } from '../shared/message.ts';
import type { MessageSearch } from '../shared/message-search.ts';
import type { Preset } from '../shared/preset.ts';
import type { SearchScope } from '../shared/search-scope.ts';
import type { Settings, SettingsPatch } from '../shared/settings.ts';
import type { Summary, SummaryNode } from '../shared/summary.ts';
import type { LabelRepository } from './label-operations.ts';
import type { LedgerRepository } from './ledger-operations.ts';
import type { RemoteRepository } from './remote-operations.ts';
import type { SavedStateRepository, SecretRepository } from './saved-state-repository.ts';
import type { UsageRepository } from './usage-operations.ts';

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
  setLocalOnly(id: FolderId, isLocalOnly: boolean): Promise<void>;
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

/** A page as it is stored: with the boxes of its text, `[start, end, x, y, width, height]` each. */
export type StoredPage = {
  readonly page: DocumentPage;
  readonly runs: readonly (readonly [number, number, number, number, number, number])[];
};

/** Where a document came from: a file of the user's own, or bytes that were handed over and have no file to go back to. */
export type DocumentOrigin =
  | { readonly kind: 'path'; readonly path: string }
  /** Kept, encrypted, only for formats whose pages are shown as pictures. */
  | { readonly kind: 'bytes'; readonly sizeBytes: number };

/** What is kept of a document beside its description. */
export type StoredDocument = {
  readonly description: DocumentDescription;
  readonly text: string;
  /** Null for formats without pages. */
  readonly pages: readonly StoredPage[] | null;
  readonly headings: readonly { readonly level: number; readonly title: string; readonly start: number }[];
};

/** A found passage; what `score` means is told by the search that found it, and scores of two searches do not compare. */
export type ScoredPassage = { readonly passage: Passage; readonly score: number };

/** Documents with their extracted text. Removed ones are as if they were not there. */
export interface DocumentRepository {
  /** Those that were added by hand, newest first. */
  list(): Promise<readonly DocumentDescription[]>;
  /** Ids of all that wait for vectors, loose ones first, then in the order in which they came. */
  unindexed(): Promise<readonly DocumentId[]>;
  /** Ids of the documents that a scope names, each once. */
  inScope(scope: SearchScope, limit: number): Promise<readonly DocumentId[]>;
  get(id: DocumentId): Promise<DocumentDescription | null>;
  findByHash(hash: DocumentHash): Promise<DocumentDescription | null>;
  /** Document, passages and full-text rows in one transaction: all of it or nothing. */
  insert(document: StoredDocument, passages: readonly Passage[]): Promise<void>;
  update(
    id: DocumentId,
    change: Partial<Pick<DocumentDescription, 'status' | 'error' | 'name' | 'isLoose'>>,
  ): Promise<void>;
  /** Removes every document that is neither loose nor any file's of a collection; returns their ids. */
  removeOrphans(): Promise<readonly DocumentId[]>;
  pages(id: DocumentId): Promise<readonly DocumentPage[]>;
  /** One page with its boxes; null when the document has no such page. */
  page(id: DocumentId, page: number): Promise<StoredPage | null>;
  /** Null when nothing is known of it: a document of before pages were shown. */
  origin(id: DocumentId): Promise<DocumentOrigin | null>;
  /** Replaces what was known. */
  setOrigin(id: DocumentId, origin: { readonly kind: 'path'; readonly path: string }): Promise<void>;
  /** Keeps bytes piece by piece, in order, at most 1 MiB each; with `isLast` they become the origin. */
  appendBytes(id: DocumentId, index: number, bytes: Uint8Array, isLast: boolean): Promise<void>;
  /** One piece; null after the last. */
  bytes(id: DocumentId, index: number): Promise<Uint8Array | null>;
  headings(id: DocumentId): Promise<StoredDocument['headings']>;
  /** `text.slice(start, end)` of the extracted text, clamped to it. */
  text(id: DocumentId, start: number, end: number): Promise<string>;
  remove(id: DocumentId): Promise<void>;
  /** Undoes `remove`; throws `app/invalid-input` when the same bytes were added again meanwhile. */
  restore(id: DocumentId): Promise<void>;
}

/** One index of meaning: the vectors of one embedder. */
export type VectorIndex = {
  /** Hash of the embedder's file. */
  readonly modelId: ModelId;
  readonly dimensions: number;
  /** `serving` answers searches; `building` is being filled and takes over when it is complete. At most one each. */
  readonly state: 'serving' | 'building';
  /** Passages with a vector in it. */
  readonly passages: number;
};

/**
 * The passages of all documents and the indexes over them. `limit` is 1 to 1,000. Every vector has unit length and as many
 * numbers as its index has dimensions; 32-bit floats come in, the index may keep them coarser.
 */
export interface PassageRepository {
  /** In document order. */
  ofDocument(id: DocumentId): Promise<readonly Passage[]>;
  get(ids: readonly PassageId[]): Promise<readonly Passage[]>;
  /** The passages before and after each, in document order, `reach` on each side; those of the same document only. */
  neighbours(id: PassageId, reach: number): Promise<readonly Passage[]>;
  /** Indexes that exist; none in a fresh database. */
  indexes(): Promise<readonly VectorIndex[]>;
  /** Makes an index, `serving` when it is the first, else `building`; one that was being built for another model is dropped. Nothing happens when it exists. */
  openIndex(modelId: ModelId, dimensions: number): Promise<VectorIndex>;
  /** Makes the index that is being built the one that serves and drops the old one. */
  promoteIndex(modelId: ModelId): Promise<void>;
  dropIndex(modelId: ModelId): Promise<void>;
  /** Passages without a vector in the index, in document order; of all documents but the excepted when `id` is null. */
  withoutVector(
    modelId: ModelId,
    id: DocumentId | null,
    limit: number,
    exceptDocuments?: readonly DocumentId[],
  ): Promise<readonly Passage[]>;
  /** Passages that have no vector in the index yet, over all documents. */
  countWithoutVector(modelId: ModelId): Promise<number>;
  /** A passage that has a vector keeps it. All of them or none. `passagesIndexed` of a document counts the serving index. */
  insertVectors(
    modelId: ModelId,
    vectors: readonly { readonly passageId: PassageId; readonly vector: Float32Array }[],
  ): Promise<void>;
  /** Vectors of passages in the index that serves, in the order of the ids; null where there is none. */
  vectors(ids: readonly PassageId[]): Promise<readonly (Float32Array | null)[]>;
  /**
   * Full-text search by BM25, best first; `score` grows with relevance. Words in quotation marks must stand together; every
   * other character of query syntax is taken as it stands, never as an operator.
   */
  searchLexical(query: string, scope: SearchScope, limit: number): Promise<readonly ScoredPassage[]>;
  /** Nearest by cosine in the index that serves, best first; `score` is the cosine, -1 to 1. Empty when another model serves. */
  searchDense(
    modelId: ModelId,
    vector: Float32Array,
    scope: SearchScope,
    limit: number,
  ): Promise<readonly ScoredPassage[]>;
  /**
   * How many passages of the scope hold each word's stem, and how many there are: what makes a word rare. The counts of words
   * that more than a tenth of the passages have are taken in proportion where the scope is a part of them.
   */
  wordCounts(
    words: readonly string[],
    scope: SearchScope,
  ): Promise<{ readonly passages: number; readonly counts: readonly number[] }>;
}

/** A source with what only the app may know. */
export type StoredSource = {
  readonly id: SourceId;
  readonly collectionId: CollectionId;
  readonly kind: 'folder' | 'file';
  /** Absolute. */
  readonly path: string;
  readonly ignorePatterns: readonly string[];
  readonly isLocalOnly: boolean;
};

/** A collection without what is counted or watched. */
export type StoredCollection = Pick<Collection, 'id' | 'name' | 'isLocalOnly' | 'createdAt'>;

/** Collections, in the order of their names. */
export interface CollectionRepository {
  list(): Promise<readonly StoredCollection[]>;
  sources(): Promise<readonly StoredSource[]>;
  counts(id: CollectionId): Promise<FileCounts>;
  /** Throws `library/name-taken`. */
  insert(collection: StoredCollection): Promise<void>;
  /** Throws `library/name-taken`. */
  rename(id: CollectionId, name: string): Promise<void>;
  setLocalOnly(id: CollectionId, isLocalOnly: boolean): Promise<void>;
  /** Until it is purged it can be restored; its files count for nothing meanwhile. */
  remove(id: CollectionId): Promise<void>;
  restore(id: CollectionId): Promise<void>;
  /** Throws `library/source-taken` when the collection has the path already. */
  insertSource(source: StoredSource): Promise<void>;
  updateSource(
    id: SourceId,
    change: Partial<Pick<StoredSource, 'path' | 'ignorePatterns' | 'isLocalOnly'>>,
  ): Promise<void>;
  /** Its files go with it. Until it is purged it can be restored; its files count for nothing meanwhile. */
  removeSource(id: SourceId): Promise<void>;
  /**
   * Puts a removed source with its files back into the collection. Throws `library/source-taken` when the collection has the
   * path again, `app/not-found` when the source was purged or never removed.
   */
  restoreSource(id: SourceId, collectionId: CollectionId): Promise<void>;
}

/** A file with what tells whether it was changed. */
export type StoredFile = LibraryFile & {
  /** Hash of the bytes as they were last read or tried; null before. */
  readonly hash: DocumentHash | null;
};

/** What a walk through a source found. */
export type FoundFile = {
  readonly id: LibraryFileId;
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAt: number;
  /** Set for what is left out on purpose. */
  readonly skipped: AppErrorData | null;
};

/** Files of collections. */
export interface LibraryFileRepository {
  /** In the order of their paths. `query` is looked for in the path, in any case. */
  list(request: {
    readonly collectionId: CollectionId;
    readonly query: string;
    readonly status: LibraryFileStatus | null;
    readonly offset: number;
    readonly limit: number;
  }): Promise<{ readonly files: readonly StoredFile[]; readonly total: number }>;
  get(id: LibraryFileId): Promise<StoredFile | null>;
  /** Every file of a source, in the order of their paths, for comparing with the disk. */
  ofSource(id: SourceId, afterPath: string | null, limit: number): Promise<readonly StoredFile[]>;
  /** Files of this document, of all collections. */
  ofDocument(
    id: DocumentId,
  ): Promise<readonly (StoredFile & { readonly sourcePath: string; readonly sourceKind: 'folder' | 'file' })[]>;
  /** New files, and known ones (by source and path) with another size or time, which become `waiting`. In one transaction. */
  put(sourceId: SourceId, collectionId: CollectionId, files: readonly FoundFile[]): Promise<void>;
  /** A renamed file keeps its document. */
  move(id: LibraryFileId, path: string): Promise<void>;
  remove(ids: readonly LibraryFileId[]): Promise<void>;
  update(
    id: LibraryFileId,
    change: Partial<Pick<StoredFile, 'status' | 'error' | 'documentId' | 'hash'>>,
  ): Promise<void>;
  /**
   * Next files that wait to be read, small ones first; those that were being read when the app ended are among them, those
   * of removed collections are not. Of one collection where `collectionId` is given, and of none of the `exceptSources`.
   */
  waiting(
    limit: number,
    choice?: { readonly collectionId?: CollectionId | null; readonly exceptSources?: readonly SourceId[] },
  ): Promise<readonly StoredFile[]>;
  /** A document that became ready or failed makes its files so. */
  followDocument(id: DocumentId): Promise<void>;
}

/** Summaries, newest first, kept when their document is removed. */
export interface SummaryRepository {
  list(): Promise<readonly Summary[]>;
  get(id: SummaryId): Promise<Summary | null>;
  insert(summary: Summary): Promise<void>;
  update(id: SummaryId, change: Partial<Omit<Summary, 'id' | 'documentId' | 'createdAt'>>): Promise<void>;
  remove(id: SummaryId): Promise<void>;
  restore(id: SummaryId): Promise<void>;
  /** At start: those that were running when the app ended become `queued`, to go on where they stopped. Returns how many. */
  requeueRunning(): Promise<number>;
  /** Stores a node; one with the same level and index is replaced. */
  putNode(node: SummaryNode): Promise<void>;
  /** By level, then by index. */
  nodes(id: SummaryId): Promise<readonly SummaryNode[]>;
  /** The newest complete summary of the document that has a tree, whatever its style. */
  latestTree(id: DocumentId): Promise<SummaryId | null>;
}

/** All settings as one record; a fresh database has the defaults. */
export interface SettingsRepository {
  get(): Promise<Settings>;
  /** Merges, validates and stores; returns the whole. */
  update(patch: SettingsPatch): Promise<Settings>;
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
  /** A verified copy in `backups/` without the person's keys, the three newest kept. Nothing happens for a database in memory or a read-only one. */
  backUp(): Promise<void>;
  /** The log goes into the file: what was deleted is then in neither. Nothing happens for a database in memory. */
  writeBack(): Promise<void>;
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
  readonly collections: CollectionRepository;
  readonly libraryFiles: LibraryFileRepository;
  readonly passages: PassageRepository;
  readonly summaries: SummaryRepository;
  readonly settings: SettingsRepository;
  readonly ledger: LedgerRepository;
  readonly labels: LabelRepository;
  readonly savedStates: SavedStateRepository;
  readonly remotes: RemoteRepository;
  readonly secrets: SecretRepository;
  readonly usage: UsageRepository;
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
