import { z } from 'zod';

/**
 * Whether the operating system's keychain can keep a key. `absent`: no library (`no-library`) or nothing that answers on
 * this system (`no-service`); `refused`: it said no (`denied`) or kept silent (`no-answer`), as a locked one does.
 */
export const keychainStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('available') }).readonly(),
  z.object({ state: z.literal('absent'), reason: z.enum(['no-library', 'no-service']) }).readonly(),
  z.object({ state: z.literal('refused'), reason: z.enum(['denied', 'no-answer']) }).readonly(),
]);
export type KeychainState = z.infer<typeof keychainStateSchema>;

/** The operating system's keychain. */
export interface SecretStore {
  /** Asks it something harmless. Never throws. */
  probe(): Promise<KeychainState>;
}
