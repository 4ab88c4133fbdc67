import { z } from 'zod';
import { keychainStateSchema } from '../../shared/access.ts';

/** The name under which a keychain's own program lists what Sotto keeps. */
export const keychainService = 'Sotto';

/** The one thing that a keychain process is asked. */
export const keychainRequestSchema = z.discriminatedUnion('call', [
  z.object({ call: z.literal('probe') }).readonly(),
  z.object({ call: z.literal('list'), prefix: z.string() }).readonly(),
  z.object({ call: z.literal('get'), account: z.string() }).readonly(),
  z.object({ call: z.literal('set'), account: z.string(), secret: z.string() }).readonly(),
  z.object({ call: z.literal('remove'), account: z.string() }).readonly(),
]);
export type KeychainRequest = z.infer<typeof keychainRequestSchema>;

const unavailableSchema = z
  .object({
    status: z.literal('unavailable'),
    keychain: z.union([keychainStateSchema.options[1], keychainStateSchema.options[2]]),
  })
  .readonly();
export type KeychainUnavailable = z.infer<typeof unavailableSchema>;

/** What a keychain process says: `loaded` when the system's library is in, then one answer. */
export const keychainReplySchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('loaded') }).readonly(),
  z.object({ status: z.literal('found'), secret: z.string() }).readonly(),
  z.object({ status: z.literal('missing') }).readonly(),
  z.object({ status: z.literal('listed'), accounts: z.array(z.string()).readonly() }).readonly(),
  z.object({ status: z.literal('done') }).readonly(),
  unavailableSchema,
]);
export type KeychainAnswer = Exclude<z.infer<typeof keychainReplySchema>, { readonly status: 'loaded' }>;
