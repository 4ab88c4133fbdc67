import type { Heading } from '../../parsing/document-reader.ts';
import type { FileLocation } from '../../parsing/protocol/file-source.ts';
import type {
  DocumentDescription,
  DocumentPage,
  DocumentReading,
  Excerpt,
  PageView,
  Passage,
} from '../../shared/document.ts';
import type { DocumentId, FileTicket } from '../../shared/ids.ts';
import type { SearchScope } from '../../shared/search-scope.ts';

/** By words, by meaning, or both fused and ranked again. */
export type SearchMode = 'hybrid' | 'lexical' | 'dense';

/** A passage that was found, and by what. */
export type FoundPassage = {
  /** Neighbours that were found together are joined: then the place reaches over all of them, within one page. */
  readonly passage: Passage;
  /** 0 to 1; best first. Scores of two searches do not compare. */
  readonly score: number;
  /** Cosine of the meanings of question and passage, -1 to 1; null where it was not measured. */
  readonly cosine: number | null;
  /** BM25 of the words, growing with relevance; null when it was not among the best by words. */
  readonly lexicalScore: number | null;
  /** Near-duplicates that were folded into this one, in other documents or pages. */
  readonly duplicates: readonly Passage[];
};

/** A word of a question that carries meaning, as its stem, and how rare it is where it is asked: 1 is one that stands nowhere. */
export type AskedWord = { readonly stem: string; readonly rarity: number };

/** What to look for, and where. */
export type SearchRequest = {
  readonly query: string;
  readonly scope: SearchScope;
  readonly mode: SearchMode;
  readonly limit: number;
};

/** A file that is added, and where it came from. */
export type FileToAdd = {
  readonly file: FileLocation;
  /** An original to go back to, or bytes that exist only for now. */
  readonly origin: 'path' | 'bytes';
  /** True when a person added this very file; false for one that only lies in a collection. */
  readonly isLoose: boolean;
  /** A person added it just now, and waits: it is read beside what lies in collections. Default `isLoose`. */
  readonly isAwaited?: boolean;
};

export interface DocumentsService {
  /** Those that were added by hand, newest first. */
  list(): Promise<readonly DocumentDescription[]>;
  get(id: DocumentId): Promise<DocumentDescription>;
  /** Reads and stores the document, then indexes it in the background. The same bytes twice are one document. */
  add(ticket: FileTicket, signal: AbortSignal): Promise<DocumentDescription>;
  /** The same for a file that the app itself found. Throws what the reader throws. */
  addFile(request: FileToAdd, signal: AbortSignal): Promise<DocumentDescription>;
  /** One that lies in a collection stays there and only leaves the list of single documents. */
  remove(id: DocumentId): Promise<void>;
  /** Undoes `remove`; goes on with its indexing. Throws `app/invalid-input` when the same bytes were added again meanwhile. */
  restore(id: DocumentId): Promise<DocumentDescription>;
  /** Removes documents that are neither loose nor in a collection any more. */
  removeOrphans(): Promise<void>;
  /** Yields the list now and after every change. */
  watch(signal: AbortSignal): AsyncIterable<readonly DocumentDescription[]>;
  /** Yields what is being read for a person, now and after every change: a scan takes its time. */
  watchReading(signal: AbortSignal): AsyncIterable<readonly DocumentReading[]>;
  /** Resolves when every passage has its vector, or the document has failed; until then it goes before others. */
  whenIndexed(id: DocumentId, signal: AbortSignal): Promise<DocumentDescription>;
  /** Text around a place, widened to whole lines, for the evidence column. */
  excerpt(id: DocumentId, start: number, end: number): Promise<Excerpt>;
  /** Whole text and headings, for a summary. */
  content(id: DocumentId): Promise<{ readonly text: string; readonly headings: readonly Heading[] }>;
  pages(id: DocumentId): Promise<readonly DocumentPage[]>;
  /** A page with its text and the boxes of the stretch. Throws `app/not-found`. */
  pageView(
    id: DocumentId,
    page: number,
    highlight: { readonly start: number; readonly end: number } | null,
  ): Promise<PageView>;
  /** The page as a PNG. Throws `file/changed`, `file/not-found` when the original is not what it was. */
  pageImage(id: DocumentId, page: number, widthPixels: number, signal: AbortSignal): Promise<Uint8Array>;
  /**
   * `hybrid`: passages by words and by meaning, fused by reciprocal rank and ranked again by learned weights, or by a
   * reranker where one is installed; near-duplicates folded, neighbours on one page joined, at most three. `dense` and
   * `lexical` are one list as it is: the score is the cosine, or the share of the best passage's BM25. Where meaning is not
   * computed yet, or cannot be, words alone decide.
   */
  search(request: SearchRequest, signal: AbortSignal): Promise<readonly FoundPassage[]>;
  /** The words of a question that carry meaning, each stem once, at most 32. */
  askedWords(query: string, scope: SearchScope): Promise<readonly AskedWord[]>;
  /** Documents of a scope, each once, at most `limit`. */
  inScope(scope: SearchScope, limit: number): Promise<readonly DocumentDescription[]>;
  /** Computing of meaning rests while a reason stands; reading and questions go on. */
  setIndexingPaused(isPaused: boolean): void;
  /** Passages indexed and in all over what is being indexed; null when idle. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  /** A document became ready or failed. */
  onIndexed(listener: (id: DocumentId) => void): () => void;
  onProgress(listener: () => void): () => void;
  /** The settings name another embedder: makes its index beside the old one, which serves until it is complete. */
  changeEmbedder(): Promise<void>;
  readonly isRebuilding: boolean;
  close(): Promise<void>;
}
