import type { KeyOwner, KeyStatus } from '../../shared/key.ts';

/**
 * Tokens and keys of the person, in the operating system's keychain, or in the encrypted database where chats are kept
 * by a passphrase; in a session that keeps nothing, for as long as it lasts. They never go back to a window.
 */
export interface KeysService {
  status(): Promise<readonly KeyStatus[]>;
  /** Trims what surrounds it. Throws `app/invalid-input` for what cannot be a key, `access/keychain-unavailable`. */
  set(owner: KeyOwner, secret: string): Promise<KeyStatus>;
  /** Nothing of it is left afterwards, wherever it was. */
  remove(owner: KeyOwner): Promise<KeyStatus>;
  /** For the parts that send it; null without one. */
  read(owner: KeyOwner): Promise<string | null>;
}
