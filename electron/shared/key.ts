import { z } from 'zod';
import { remoteIdSchema } from './ids.ts';

/** Whom a key is for: `hub` is the token for models whose publisher wants to know who downloads them, else a remote. */
export const keyOwnerSchema = z.union([z.literal('hub'), remoteIdSchema]);
export type KeyOwner = z.infer<typeof keyOwnerSchema>;

/** What a window may know of a key. */
export const keyStatusSchema = z
  .object({
    owner: keyOwnerSchema,
    state: z.enum(['missing', 'kept-in-keychain', 'kept-in-database', 'kept-for-session', 'unreachable']),
  })
  .readonly();
export type KeyStatus = z.infer<typeof keyStatusSchema>;
