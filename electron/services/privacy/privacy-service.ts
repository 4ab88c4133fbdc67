import type { ConversationId, DocumentId, LedgerEntryId } from '../../shared/ids.ts';
import type { LedgerCheck, LedgerMonth, LedgerPage, LedgerQuery } from '../../shared/ledger-query.ts';
import type { LocalOnly } from '../../shared/local-only.ts';

/** What left, and the lock that keeps everything in. */
export interface PrivacyService {
  /** What left the machine or was refused, newest first. */
  ledger(query: LedgerQuery): Promise<LedgerPage>;
  /** The month that holds `at`, in the local calendar. */
  month(at: number): Promise<LedgerMonth>;
  /** Computes the chain anew. */
  verify(): Promise<LedgerCheck>;
  /** Every entry, oldest first, one JSON document a line. */
  exportLines(): AsyncIterable<string>;
  /** The body that was sent, where bodies are kept; null otherwise. Throws `app/not-found`. */
  sentBody(id: LedgerEntryId): Promise<string | null>;
  setOffline(isOffline: boolean): Promise<void>;
  /** Computed anew each time; what the egress policy is told. Throws `app/not-found`. */
  localOnly(id: ConversationId): Promise<LocalOnly>;
  /**
   * Called before an answer is made: what it would inherit stays with the conversation from now on, also when the label there
   * is taken off. `documents` are further ones that the answer is made from. Throws `app/not-found`.
   */
  holdLocalOnly(id: ConversationId, documents?: readonly DocumentId[]): Promise<LocalOnly>;
}
