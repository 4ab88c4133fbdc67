import type { SecretStore } from '../../platform/secret-store.ts';
import type { LockReason } from '../../shared/access.ts';

const keyBytes = 32;

/** The key, or why the door stays closed. */
export type KeychainKey =
  | { readonly status: 'found'; readonly key: Uint8Array }
  | { readonly status: 'closed'; readonly reason: Extract<LockReason, `key${string}`> };

/** Asks the keychain for a database's key. What is no key of 32 bytes counts as missing. */
export async function fetchKeychainKey(secrets: SecretStore, account: string): Promise<KeychainKey> {
  const answer = await secrets.get(account);
  switch (answer.status) {
    case 'missing':
      return { status: 'closed', reason: 'key-missing' };
    case 'unavailable':
      return { status: 'closed', reason: `keychain-${answer.keychain.state}` };
    case 'found': {
      const key = new Uint8Array(Buffer.from(answer.secret, 'base64'));
      return key.length === keyBytes ? { status: 'found', key } : { status: 'closed', reason: 'key-missing' };
    }
  }
}

/** Done means that the keychain has it, read back. */
export async function storeKeychainKey(secrets: SecretStore, account: string, key: Uint8Array): Promise<boolean> {
  return (await secrets.set(account, Buffer.from(key).toString('base64'))).status === 'done';
}
