import { createId, ledgerEntryIdSchema } from '../shared/ids.ts';
import { ledgerEntrySchema } from '../shared/ledger-entry.ts';
import type { LedgerEntry } from '../shared/ledger-entry.ts';

/** An entry of a request that goes on, changed as a test wants it. */
export function buildLedgerEntry(change: Partial<LedgerEntry> = {}): LedgerEntry {
  return ledgerEntrySchema.parse({
    id: createId(ledgerEntryIdSchema),
    at: 1,
    host: 'example.org',
    purpose: 'model-download',
    askedBy: 'models',
    outcome: 'pending',
    bytesSent: 0,
    bytesReceived: 0,
    ...change,
  });
}
