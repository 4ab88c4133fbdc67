import type { CollectionId, DocumentId, FileTicket, FolderTicket, LibraryFileId, SourceId } from '../../shared/ids.ts';
import type {
  Collection,
  FolderListing,
  LibraryFile,
  LibraryFileStatus,
  LibraryProgress,
} from '../../shared/library.ts';

/** A page of the files of a collection. */
export type FileListing = {
  readonly files: readonly LibraryFile[];
  /** How many there are in all. */
  readonly total: number;
};

/** What the files of a collection are asked by. */
export type FileQuery = {
  readonly collectionId: CollectionId;
  /** Part of the path, in any case; blank for all. */
  readonly query: string;
  readonly status: LibraryFileStatus | null;
  readonly offset: number;
  /** 1 to 500. */
  readonly limit: number;
};

/** What one run of `sotto index` did with a file. */
export type IndexedFile = LibraryFile & {
  /** Absolute. */
  readonly location: string;
  readonly pages: number | null;
  readonly passages: number;
};

/**
 * Collections of files and folders. Originals stay where they are. Folders are walked at start, when they change and now
 * and then; a file whose content is known is never read twice.
 */
export interface LibraryService {
  list(): Promise<readonly Collection[]>;
  /** By its name in any case, or its id. Throws `library/no-collection`. */
  find(nameOrId: string): Promise<Collection>;
  /** Throws `library/name-taken`, `app/invalid-input` for a blank name. */
  create(name: string): Promise<Collection>;
  rename(id: CollectionId, name: string): Promise<Collection>;
  remove(id: CollectionId): Promise<void>;
  /** Undoes `remove`. */
  restore(id: CollectionId): Promise<Collection>;
  /** Throws `library/source-taken`, `library/folder-unreadable`. */
  addFolder(id: CollectionId, ticket: FolderTicket): Promise<Collection>;
  /** A file of the user's own is watched where it lies; one that was handed over as bytes is read once and kept as it is. */
  addFile(id: CollectionId, ticket: FileTicket): Promise<Collection>;
  /** For a door that may name paths: a file or a folder. */
  addPath(id: CollectionId, path: string): Promise<Collection>;
  /** What was read of it is found no longer, unless another source holds it too; it is kept for a time to be undone. */
  removeSource(id: SourceId): Promise<Collection>;
  /** Undoes `removeSource`; nothing is read again. Throws `library/source-taken` when the path was added again meanwhile. */
  restoreSource(id: SourceId, collectionId: CollectionId): Promise<Collection>;
  setIgnorePatterns(id: SourceId, patterns: readonly string[]): Promise<Collection>;
  setSourceLocalOnly(id: SourceId, isLocalOnly: boolean): Promise<Collection>;
  /** Throws `library/no-collection`. */
  setLocalOnly(id: CollectionId, isLocalOnly: boolean): Promise<Collection>;
  files(query: FileQuery): Promise<FileListing>;
  /** Reads failed files again. */
  retryFile(id: LibraryFileId): Promise<void>;
  /** Looks at every source again, now. */
  rescan(id: CollectionId): Promise<void>;
  /** The collections now and after every change, at most four times a second. */
  watch(signal: AbortSignal): AsyncIterable<readonly Collection[]>;
  /** How far the work is, now and after every change, at most four times a second. */
  watchProgress(signal: AbortSignal): AsyncIterable<LibraryProgress>;
  readonly progress: LibraryProgress;
  /** All reading; kept over a restart. */
  setPaused(isPaused: boolean): Promise<void>;
  /** The reading of one collection; kept over a restart. Throws `library/no-collection`. */
  setCollectionPaused(id: CollectionId, isPaused: boolean): Promise<Collection>;
  /**
   * Resolves when every file of the collection is ready, failed or skipped, whatever pauses stand, with what there is. Used
   * by `sotto index`.
   */
  whenSettled(id: CollectionId, signal: AbortSignal): Promise<readonly IndexedFile[]>;
  /** The picker: the home folder without a ticket. Throws `library/folder-unreadable`. */
  openFolder(ticket: FolderTicket | null): Promise<FolderListing>;
  /** A ticket for a folder that a trusted process named. Throws `file/not-found`, `library/folder-unreadable`. */
  folderTicketForPath(path: string): Promise<FolderTicket>;
  /** Collections that hold the document. */
  collectionsOf(id: DocumentId): Promise<readonly CollectionId[]>;
  close(): Promise<void>;
}
