import type { OpenedDatabase, StorageLocation } from '../../storage/storage.ts';

/** Everything that stands on an open database: storage, engine and services, built when it opens, gone when it locks. */
export interface OpenChats {
  readonly opened: OpenedDatabase;
  /** An answer is being written, or a document indexed. */
  readonly isBusy: boolean;
  /** Minutes without a person's action until the app locks itself; null never. */
  lockAfterMinutes(): Promise<number | null>;
  /**
   * Moves the database to another place while everything above it stays: calls wait, the content is copied and verified,
   * `commit` says that the new place counts, calls go on there. When anything throws, all stays where it was.
   */
  move(to: StorageLocation, commit: () => Promise<void>): Promise<void>;
  /**
   * Lets the person's keys go along with a change of how chats are kept. `change` calls `copyKeys` before its new way counts,
   * with the account of the database's key in the keychain, or null where keys belong into the database from then on;
   * copies that no longer count go afterwards. Nobody sets or reads a key meanwhile. `copyKeys` throws
   * `access/keychain-unavailable` where the keychain takes none.
   */
  carryKeys(change: (copyKeys: (account: string | null) => Promise<void>) => Promise<void>): Promise<void>;
  /** Ends runs, processes and the database's thread; what was unfinished is stored first. */
  close(): Promise<void>;
}
