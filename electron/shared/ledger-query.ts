import { z } from 'zod';
import { conversationIdSchema, ledgerEntryIdSchema } from './ids.ts';
import { egressPurposeSchema } from './ledger-entry.ts';
import type { LedgerEntry } from './ledger-entry.ts';

/** What entries are asked by; what is left out does not matter. Times in milliseconds since 1970, `until` not included. */
export const ledgerQuerySchema = z
  .object({
    /** Part of host or asker, in any case. */
    text: z.string().max(200).default(''),
    purpose: egressPurposeSchema.nullable().default(null),
    outcome: z.enum(['pending', 'completed', 'refused', 'failed', 'cancelled']).nullable().default(null),
    conversationId: conversationIdSchema.nullable().default(null),
    /** The one entry that a link leads to. */
    id: ledgerEntryIdSchema.nullable().default(null),
    from: z.int().nonnegative().nullable().default(null),
    until: z.int().nonnegative().nullable().default(null),
    /** Entries older than this one: for the next page. */
    before: ledgerEntryIdSchema.nullable().default(null),
    limit: z.int().min(1).max(1_000).default(200),
  })
  .readonly();
export type LedgerQuery = z.infer<typeof ledgerQuerySchema>;
/** A query with what matters only. */
export type LedgerQueryInput = z.input<typeof ledgerQuerySchema>;

/** Newest first; `total` counts all that the query meets, pages aside. */
export type LedgerPage = { readonly entries: readonly LedgerEntry[]; readonly total: number };

/** Whether the chain of the ledger is whole. `entries` from before it was chained are not in it and are counted apart. */
export type LedgerCheck =
  | { readonly status: 'whole'; readonly entries: number; readonly unchained: number }
  | { readonly status: 'broken'; readonly entryId: string; readonly at: number; readonly entries: number };

/** What left in one calendar month. Refused requests are not in the sums. Money in millionths of a US dollar. */
export type LedgerMonth = {
  /** As `2026-11`, in the local calendar. */
  readonly month: string;
  readonly requests: number;
  readonly refused: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  /** By host and purpose, most bytes sent first. */
  readonly hosts: readonly {
    readonly host: string;
    readonly purpose: LedgerEntry['purpose'];
    readonly requests: number;
    readonly bytesSent: number;
    readonly bytesReceived: number;
    /** Of the answers that told them. */
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly costMicroDollars: number;
  }[];
};
