import type { DocumentId, RunId, SummaryId } from '../../shared/ids.ts';
import type { FindingKind } from '../../shared/screening.ts';
import type { Summary, SummaryNode, SummaryRequest } from '../../shared/summary.ts';

/** What a summary is exported as. */
export type SummaryExportFormat = 'markdown' | 'docx' | 'pdf';

/** A file that was made of a summary. */
export type SummaryExport = {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
};

/** A queue of summaries: one is written at a time, in the order in which they were asked for. */
export interface SummariesService {
  list(): Promise<readonly Summary[]>;
  /** The list now and after every change, at most four times a second. */
  watch(signal: AbortSignal): AsyncIterable<readonly Summary[]>;
  /** What waits or is written, in its order, now and after every change, at most four times a second. */
  watchQueue(signal: AbortSignal): AsyncIterable<readonly Summary[]>;
  /** Throws `app/not-found`. */
  get(id: SummaryId): Promise<Summary>;
  /**
   * Reads the whole document in stretches along its structure and merges upwards. Queued summaries have their run from the
   * beginning; it tells nothing before their turn comes.
   */
  start(request: {
    readonly documentId: DocumentId;
    readonly request: SummaryRequest;
  }): Promise<{ readonly summaryId: SummaryId; readonly runId: RunId }>;
  /** Halts after the stretch that is being read; also before its turn. Survives a restart. */
  pause(id: SummaryId): Promise<Summary>;
  /** Goes on where a paused, stopped or failed summary ended; nothing that was read is read again. */
  resume(id: SummaryId): Promise<{ readonly summaryId: SummaryId; readonly runId: RunId }>;
  /** Ends it and keeps what there is. */
  stop(id: SummaryId): Promise<Summary>;
  /**
   * Keeps what the person wants to see of what was noticed, and of nothing else: exports and copies follow it. Does nothing
   * while the summary waits or is written. Throws `app/not-found`.
   */
  allowFindings(id: SummaryId, kinds: readonly FindingKind[]): Promise<void>;
  remove(id: SummaryId): Promise<void>;
  /** Undoes `remove`; a summary that was being written stays stopped. */
  restore(id: SummaryId): Promise<Summary>;
  /** The tree of partial summaries: by level, then in order. */
  nodes(id: SummaryId): Promise<readonly SummaryNode[]>;
  /** The newest tree of the document, for questions about the whole; null without one. */
  treeOf(id: DocumentId): Promise<readonly SummaryNode[] | null>;
  export(id: SummaryId, format: SummaryExportFormat): Promise<SummaryExport>;
  close(): Promise<void>;
}
