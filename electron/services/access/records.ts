import { randomBytes, randomUUID } from 'node:crypto';
import type { AccessRecord } from '../../platform/access-file.ts';
import { sealKey } from '../../platform/key-seal.ts';
import { AppError } from '../../shared/app-error.ts';
import { passphraseLimits } from '../../shared/access.ts';

/** A key for a new database. */
export function newDatabaseKey(): Uint8Array {
  return new Uint8Array(randomBytes(32));
}

/** Under an account of its own, so that an older copy of the data folder keeps its own key. */
export function newKeychainRecord(): Extract<AccessRecord, { keeping: 'keychain' }> {
  return { version: 1, keeping: 'keychain', account: `database:${randomUUID()}` };
}

/** Where the keychain has the database's key; null for a record of another keeping, or none. */
export function keychainAccountOf(record: AccessRecord | null): string | null {
  return record?.keeping === 'keychain' ? record.account : null;
}

/** Throws `access/weak-passphrase`. */
export async function newPassphraseRecord(
  key: Uint8Array,
  passphrase: string,
): Promise<Extract<AccessRecord, { keeping: 'passphrase' }>> {
  const { shortest } = passphraseLimits;
  if (Array.from(passphrase).length < shortest) {
    throw new AppError('access/weak-passphrase', 'The passphrase is too short', { shortest });
  }
  return { version: 1, keeping: 'passphrase', sealedKey: await sealKey(key, passphrase) };
}
