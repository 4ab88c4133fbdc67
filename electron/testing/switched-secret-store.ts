import type { SecretStore } from '../platform/secret-store.ts';

/** A keychain that a test locks; it counts what it is asked. */
export type SwitchedSecretStore = SecretStore & { isLocked: boolean; calls: number };

const unavailable = { status: 'unavailable', keychain: { state: 'refused', reason: 'denied' } } as const;

/** Puts a lock before `store`. */
export function createSwitchedSecretStore(store: SecretStore): SwitchedSecretStore {
  const ask = async <Answer, Refusal>(work: () => Promise<Answer>, refusal: Refusal): Promise<Answer | Refusal> => {
    switched.calls += 1;
    return switched.isLocked ? refusal : await work();
  };
  const switched: SwitchedSecretStore = {
    isLocked: false,
    calls: 0,
    probe: async () => await ask(async () => await store.probe(), unavailable.keychain),
    list: async (prefix) => await ask(async () => await store.list(prefix), unavailable),
    get: async (account) => await ask(async () => await store.get(account), unavailable),
    set: async (account, secret) => await ask(async () => await store.set(account, secret), unavailable),
    remove: async (account) => await ask(async () => await store.remove(account), unavailable),
  };
  return switched;
}
