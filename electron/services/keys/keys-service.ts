import type { KeyOwner, KeyStatus } from '../../shared/key.ts';

/**
 * Tokens and keys of the person, in the operating system's keychain, or in the encrypted database where chats are kept
 * by a passphrase; in a session that keeps nothing, for as long as it lasts. They never go back to a window.
 */
export interface KeysService {
  /** Of the hub and of every remote, in the order of their list. */
  status(): Promise<readonly KeyStatus[]>;
  /**
   * Trims what surrounds it. Throws `app/invalid-input` for what cannot be a key, `app/not-found` for an owner that is not
   * there, `access/keychain-unavailable`; then the key before it is as it was.
   */
  set(owner: KeyOwner, secret: string): Promise<KeyStatus>;
  /** Nothing of it is left afterwards, wherever it was. Throws `access/keychain-unavailable` while that cannot be done. */
  remove(owner: KeyOwner): Promise<KeyStatus>;
  /** For the parts that send it; null without one. Throws `access/keychain-unavailable` where there is one out of reach. */
  read(owner: KeyOwner): Promise<string | null>;
  /** See `OpenChats.carryKeys`. */
  carry(change: (copyKeys: (account: string | null) => Promise<void>) => Promise<void>): Promise<void>;
}
