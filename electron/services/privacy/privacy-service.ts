import type { LedgerEntry } from '../../shared/ledger-entry.ts';

/** What left, and the lock that keeps everything in. */
export interface PrivacyService {
  /** What left the machine or was refused, newest first; `limit` 1 to 1,000. */
  ledger(limit: number): Promise<readonly LedgerEntry[]>;
  setOffline(isOffline: boolean): Promise<void>;
}
