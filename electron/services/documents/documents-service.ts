import type { DocumentDescription, Excerpt } from '../../shared/document.ts';
import type { DocumentId, FileTicket } from '../../shared/ids.ts';
import type { ScoredPassage } from '../../storage/storage.ts';
import type { Heading } from '../../parsing/document-reader.ts';

/** By words, by meaning, or both fused. */
export type SearchMode = 'hybrid' | 'lexical' | 'dense';

/** A passage that was found, and by what. */
export type FoundPassage = ScoredPassage & {
  /** Cosine of the meanings of question and passage, -1 to 1; null when it was not among the nearest, or has no vector yet. */
  readonly cosine: number | null;
  /** BM25 of the words, growing with relevance; null when it was not among the best by words. */
  readonly lexicalScore: number | null;
};

export interface DocumentsService {
  list(): Promise<readonly DocumentDescription[]>;
  get(id: DocumentId): Promise<DocumentDescription>;
  /** Reads and stores the document, then indexes it in the background. The same bytes twice are one document. */
  add(ticket: FileTicket, signal: AbortSignal): Promise<DocumentDescription>;
  remove(id: DocumentId): Promise<void>;
  /** Undoes `remove`; goes on with its indexing. Throws `app/invalid-input` when the same bytes were added again meanwhile. */
  restore(id: DocumentId): Promise<DocumentDescription>;
  /** Yields the list now and after every change. */
  watch(signal: AbortSignal): AsyncIterable<readonly DocumentDescription[]>;
  /** Resolves when every passage has its vector, or the document has failed. */
  whenIndexed(id: DocumentId, signal: AbortSignal): Promise<DocumentDescription>;
  /** Text around a place, widened to whole lines, for the evidence column. */
  excerpt(id: DocumentId, start: number, end: number): Promise<Excerpt>;
  /** Whole text and headings, for a summary. */
  content(id: DocumentId): Promise<{ readonly text: string; readonly headings: readonly Heading[] }>;
  /**
   * Passages by words and by meaning, fused by reciprocal rank; best first. `score` is 0 to 1: for `hybrid` the fused
   * rank (1 is first in both lists), for `dense` the cosine, for `lexical` the share of the best passage's BM25. Where
   * meaning is not computed yet, or cannot be, words alone decide.
   */
  search(
    request: {
      readonly query: string;
      readonly documentIds: readonly DocumentId[];
      readonly mode: SearchMode;
      readonly limit: number;
    },
    signal: AbortSignal,
  ): Promise<readonly FoundPassage[]>;
  /** Passages indexed and in all over what is being indexed; null when idle. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  onProgress(listener: () => void): () => void;
  close(): Promise<void>;
}
