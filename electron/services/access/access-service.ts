import type { AccessState, ErasureReport, Keeping, KeepingChoice, KeychainState } from '../../shared/access.ts';

/**
 * Whether kept chats are open, and what keeps them: the only part of the app that lives while it is locked. Calls run one
 * after the other. Locking ends every run, the engine and the database's thread, so nothing of a chat stays in memory but
 * what the window itself still shows, and the window drops it.
 */
export interface AccessService {
  readonly state: AccessState;
  /** Yields now and on every change. */
  watch(signal: AbortSignal): AsyncIterable<AccessState>;
  /** Whether this computer has a keychain that answers; asked anew at each call. */
  keychain(): Promise<KeychainState>;
  /**
   * Opens what is locked: with the passphrase, or, without one, from the keychain. Throws `access/wrong-passphrase`
   * (after a growing pause), `access/keychain-unavailable`; what is wrong with the database becomes the state. Without a
   * passphrase, a session beside kept chats ends with all that is in it, and what is kept is tried again.
   */
  unlock(request: { readonly passphrase?: string }): Promise<void>;
  /** Nothing happens in a session that keeps nothing, or when it is locked already. */
  lock(reason: 'user' | 'idle'): Promise<void>;
  /** A person did something: the idle time begins anew. */
  noteActivity(): void;
  /**
   * Keeps chats in another way from now on. What is open moves along: in one step, so that a crash leaves the old way or
   * the new one. Throws `access/wrong-passphrase`, `access/weak-passphrase`, `access/keychain-unavailable`,
   * `access/not-allowed` unless open.
   */
  keep(choice: KeepingChoice): Promise<void>;
  /** Throws `access/wrong-passphrase`, `access/weak-passphrase`, `access/not-allowed` unless passphrase-kept. */
  changePassphrase(request: { readonly current: string; readonly next: string }): Promise<void>;
  /** Goes on in memory although kept chats exist that do not open now; they stay as they are. Unless open. */
  continueWithoutKept(): Promise<void>;
  /** Puts a backup in the place of a damaged database, which is kept beside it under another name. */
  restoreBackup(name: string): Promise<void>;
  /** Copies what a damaged database still gives into a new one and opens it; the old one is kept beside it. */
  openReadable(): Promise<void>;
  /** Removes the key, the database, its backups and drafts for good, looks again, and begins anew in memory. */
  erase(): Promise<ErasureReport>;
  close(): Promise<void>;
}

/** How chats are kept, which may change while they are open. */
export interface KeepingSource {
  current(): Keeping;
  /** Where the keychain has the database's key; null where none has. Right as soon as the chats begin to open. */
  keychainAccount(): string | null;
  onChange(listener: () => void): () => void;
}
