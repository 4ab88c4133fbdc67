import type { KeychainState } from '../shared/access.ts';

/** What came of asking the keychain for a secret. */
export type SecretAnswer =
  | { readonly status: 'found'; readonly secret: string }
  | { readonly status: 'missing' }
  | { readonly status: 'unavailable'; readonly keychain: Exclude<KeychainState, { readonly state: 'available' }> };

/** What came of asking the keychain whose secrets it has. */
export type SecretList =
  | { readonly status: 'listed'; readonly accounts: readonly string[] }
  | { readonly status: 'unavailable'; readonly keychain: Exclude<KeychainState, { readonly state: 'available' }> };

/** What came of a change to the keychain. */
export type SecretChange =
  | { readonly status: 'done' }
  | { readonly status: 'unavailable'; readonly keychain: Exclude<KeychainState, { readonly state: 'available' }> };

/**
 * The operating system's keychain, in a process of its own, so that a library that is missing, hangs or crashes is an
 * answer and not an end. Never throws. Secrets travel over the process's own channel, never in an argument or the
 * environment.
 */
export interface SecretStore {
  /** Asks it something harmless. */
  probe(): Promise<KeychainState>;
  /** The accounts of Sotto's own that begin with `prefix`. */
  list(prefix: string): Promise<SecretList>;
  /** `account` names the secret among Sotto's own, such as `database:<id>`. */
  get(account: string): Promise<SecretAnswer>;
  /** Done means that it was read back and is the same. What a keychain cannot hold (empty, a NUL) is refused, the old one kept. */
  set(account: string, secret: string): Promise<SecretChange>;
  /** Done means that it was looked for again and is gone; also for one that was never there. */
  remove(account: string): Promise<SecretChange>;
}
