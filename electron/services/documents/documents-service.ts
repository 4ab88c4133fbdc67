import type { DocumentDescription, Excerpt } from '../../shared/document.ts';
import type { DocumentId, FileTicket } from '../../shared/ids.ts';
import type { ScoredPassage } from '../../storage/storage.ts';
import type { Heading } from '../../parsing/document-reader.ts';

export type SearchMode = 'hybrid' | 'lexical' | 'dense';

export interface DocumentsService {
  list(): Promise<readonly DocumentDescription[]>;
  get(id: DocumentId): Promise<DocumentDescription>;
  /** Reads and stores the document, then indexes it in the background. The same bytes twice are one document. */
  add(ticket: FileTicket, signal: AbortSignal): Promise<DocumentDescription>;
  remove(id: DocumentId): Promise<void>;
  /** Yields the list now and after every change. */
  watch(signal: AbortSignal): AsyncIterable<readonly DocumentDescription[]>;
  /** Resolves when every passage has its vector, or the document has failed. */
  whenIndexed(id: DocumentId, signal: AbortSignal): Promise<DocumentDescription>;
  /** Text around a place, widened to whole lines, for the evidence column. */
  excerpt(id: DocumentId, start: number, end: number): Promise<Excerpt>;
  /** Whole text and headings, for a summary. */
  content(id: DocumentId): Promise<{ readonly text: string; readonly headings: readonly Heading[] }>;
  /** Passages by words and by meaning, fused by reciprocal rank; best first, `score` 0 to 1. */
  search(
    request: { readonly query: string; readonly documentIds: readonly DocumentId[]; readonly mode: SearchMode; readonly limit: number },
    signal: AbortSignal,
  ): Promise<readonly ScoredPassage[]>;
  /** Passages indexed and in all over what is being indexed; null when idle. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  onProgress(listener: () => void): () => void;
  close(): Promise<void>;
}
