import { z } from 'zod';
import { ledgerEntryIdSchema } from './ids.ts';
import { microDollarsSchema } from './remote.ts';

/** What left this machine for one answer, as it is kept with the message. */
export const sentSchema = z
  .object({
    /** Entries of the ledger, in the order of the requests. */
    ledgerEntryIds: z.array(ledgerEntryIdSchema).readonly(),
    host: z.string(),
    /** Pieces that were replaced by placeholders. */
    replacedCount: z.int().nonnegative(),
    /** Tokens that were left out of what would have been sent; an estimate. */
    savedTokens: z.int().nonnegative(),
    /** Null where no price is known, and for a server of the person's own. */
    costMicroDollars: microDollarsSchema.nullable(),
  })
  .readonly();
export type Sent = z.infer<typeof sentSchema>;
