import type { DocumentId, RunId, SummaryId } from '../../shared/ids.ts';
import type { Summary, SummaryStyle } from '../../shared/summary.ts';

export interface SummariesService {
  list(): Promise<readonly Summary[]>;
  /** Throws `app/not-found`. */
  get(id: SummaryId): Promise<Summary>;
  /** Reads the whole document in stretches along its structure and merges upwards. */
  start(request: {
    readonly documentId: DocumentId;
    readonly style: SummaryStyle;
  }): Promise<{ readonly summaryId: SummaryId; readonly runId: RunId }>;
  remove(id: SummaryId): Promise<void>;
  /** Undoes `remove`; a summary that was being written stays stopped. */
  restore(id: SummaryId): Promise<Summary>;
}
