import type { SecretStore } from './secret-store.ts';

const keychain = { state: 'absent', reason: 'no-service' } as const;
const unavailable = { status: 'unavailable', keychain } as const;

/** Where the keychain shall not be touched: it looks as if there were none. */
export function createAbsentSecretStore(): SecretStore {
  return {
    probe: async () => await Promise.resolve(keychain),
    list: async () => await Promise.resolve(unavailable),
    get: async () => await Promise.resolve(unavailable),
    set: async () => await Promise.resolve(unavailable),
    remove: async () => await Promise.resolve(unavailable),
  };
}
