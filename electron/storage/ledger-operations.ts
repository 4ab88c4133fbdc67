import { z } from 'zod';
import { ledgerEntryIdSchema } from '../shared/ids.ts';
import type { LedgerEntryId } from '../shared/ids.ts';
import { egressPurposeSchema, ledgerEntrySchema } from '../shared/ledger-entry.ts';
import type { LedgerEntry } from '../shared/ledger-entry.ts';
import { ledgerQuerySchema } from '../shared/ledger-query.ts';
import type { LedgerCheck, LedgerPage, LedgerQuery } from '../shared/ledger-query.ts';
import { instantSchema, limitSchema, operation } from './operation.ts';

const countSchema = z.int().nonnegative();

/** What may become known of an entry after it was written; the rest never changes. */
export const ledgerChangeSchema = ledgerEntrySchema
  .unwrap()
  .pick({ outcome: true, bytesSent: true, bytesReceived: true })
  .extend({
    inputTokens: countSchema.nullable(),
    outputTokens: countSchema.nullable(),
    costMicroDollars: countSchema.nullable(),
  })
  .partial()
  .readonly();
export type LedgerChange = z.infer<typeof ledgerChangeSchema>;

/** What went to one host for one purpose. */
export const ledgerSumSchema = z
  .object({
    host: z.string(),
    purpose: egressPurposeSchema,
    requests: countSchema,
    refused: countSchema,
    bytesSent: countSchema,
    bytesReceived: countSchema,
    inputTokens: countSchema,
    outputTokens: countSchema,
    costMicroDollars: countSchema,
  })
  .readonly();
export type LedgerSum = z.infer<typeof ledgerSumSchema>;

const pageSchema = z.object({ entries: z.array(ledgerEntrySchema).readonly(), total: countSchema }).readonly();
const checkSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('whole'), entries: countSchema, unchained: countSchema }).readonly(),
  z.object({ status: z.literal('broken'), entryId: z.string(), at: countSchema, entries: countSchema }).readonly(),
]);

/** What left the machine or was refused. Entries are added and never removed; the newest versions of a database see to it. */
export interface LedgerRepository {
  query(query: LedgerQuery): Promise<LedgerPage>;
  /** Oldest first: entries that came after `after`, or from the beginning; `limit` is 1 to 1,000. */
  following(after: LedgerEntryId | null, limit: number): Promise<readonly LedgerEntry[]>;
  /**
   * Chains it to the one before; the `chainHash` of `entry` does not matter.
   *
   * @param body exactly what was sent, to be kept; null keeps none
   */
  insert(entry: LedgerEntry, body?: Uint8Array<ArrayBuffer> | null): Promise<void>;
  /** Throws `app/not-found`. */
  update(id: LedgerEntryId, change: LedgerChange): Promise<void>;
  /** Null where none was kept. Throws `app/not-found` for an entry that is none. */
  body(id: LedgerEntryId): Promise<Uint8Array | null>;
  /** By host and purpose, most bytes sent first; from `from`, included, to `until`, not included. */
  sums(span: { readonly from: number; readonly until: number }): Promise<readonly LedgerSum[]>;
  /** Computes every hash anew. */
  check(): Promise<LedgerCheck>;
}

/** The calls behind it; see `operations`. */
export const ledgerOperations = {
  'ledger.query': operation(z.tuple([ledgerQuerySchema]), pageSchema),
  'ledger.following': operation(
    z.tuple([ledgerEntryIdSchema.nullable(), limitSchema]),
    z.array(ledgerEntrySchema).readonly(),
  ),
  'ledger.insert': operation(z.tuple([ledgerEntrySchema, z.instanceof(Uint8Array).nullable()]), z.void()),
  'ledger.update': operation(z.tuple([ledgerEntryIdSchema, ledgerChangeSchema]), z.void()),
  'ledger.body': operation(z.tuple([ledgerEntryIdSchema]), z.instanceof(Uint8Array).nullable()),
  'ledger.sums': operation(
    z.tuple([z.object({ from: instantSchema, until: instantSchema }).readonly()]),
    z.array(ledgerSumSchema).readonly(),
  ),
  'ledger.check': operation(z.tuple([]), checkSchema),
};
