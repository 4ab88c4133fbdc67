import { z } from 'zod';
import { keepingSchema } from '../shared/access.ts';
import { sealedKeySchema } from './key-seal.ts';

/**
 * How the database's key is kept: `access.json` in the data folder, readable without a key, holding no secret. Absent
 * before the first choice.
 */
export const accessRecordSchema = z.discriminatedUnion('keeping', [
  z.object({ version: z.literal(1), keeping: keepingSchema.extract(['session-only']) }).readonly(),
  /** The key is in the keychain under `account`, as base64. */
  z.object({ version: z.literal(1), keeping: keepingSchema.extract(['keychain']), account: z.string() }).readonly(),
  z
    .object({ version: z.literal(1), keeping: keepingSchema.extract(['passphrase']), sealedKey: sealedKeySchema })
    .readonly(),
]);
export type AccessRecord = z.infer<typeof accessRecordSchema>;
