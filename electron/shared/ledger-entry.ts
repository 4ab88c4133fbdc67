import { z } from 'zod';
import { conversationIdSchema, ledgerEntryIdSchema } from './ids.ts';

/** Why something may leave the machine; words in the catalogue under `purpose.<name>`. */
export const egressPurposeSchema = z.enum(['model-search', 'model-download', 'provider', 'update-check']);
export type EgressPurpose = z.infer<typeof egressPurposeSchema>;

/** One request that left the machine, or was refused before it could. */
export const ledgerEntrySchema = z
  .object({
    id: ledgerEntryIdSchema,
    at: z.int().nonnegative(),
    host: z.string(),
    purpose: egressPurposeSchema,
    /** Part of the app that asked, such as `models`. */
    askedBy: z.string(),
    outcome: z.enum(['pending', 'completed', 'refused', 'failed', 'cancelled']),
    bytesSent: z.int().nonnegative(),
    bytesReceived: z.int().nonnegative(),
    /** SHA-256 of the bytes that were sent as body, in hex; null without a body, and in entries of before it was kept. */
    bodyHash: z.string().nullable().default(null),
    /**
     * Tokens as the answer reported them; null where it did not. Cost in millionths of a US dollar: what it is at most until
     * the answer has ended, and then what it was; null where nobody bills.
     */
    inputTokens: z.int().nonnegative().nullable().default(null),
    outputTokens: z.int().nonnegative().nullable().default(null),
    costMicroDollars: z.int().nonnegative().nullable().default(null),
    /** Conversation that it was sent for; null for none. */
    conversationId: conversationIdSchema.nullable().default(null),
    /** Chains the entries: SHA-256 over the hash before and what never changes of this one; empty in older ones. */
    chainHash: z.string().default(''),
  })
  .readonly();
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;
