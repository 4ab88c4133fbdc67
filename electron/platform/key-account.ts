import type { KeyOwner } from '../shared/key.ts';

/**
 * What the accounts of a person's keys in the keychain begin with, for the data folder whose database has its key under
 * `databaseAccount` (`database:<id>`): whoever removes that one finds these, also without the database.
 */
export function keyAccountPrefix(databaseAccount: string): string {
  return `key:${databaseAccount.replace(/^database:/, '')}:`;
}

/** Where the keychain has the key of `owner`. */
export function keyAccount(databaseAccount: string, owner: KeyOwner): string {
  return `${keyAccountPrefix(databaseAccount)}${owner}`;
}
