import { z } from 'zod';
import { ledgerEntryIdSchema } from './ids.ts';

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
  })
  .readonly();
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;
