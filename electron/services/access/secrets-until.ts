import type { SecretStore } from '../../platform/secret-store.ts';

const unavailable = { status: 'unavailable', keychain: { state: 'refused', reason: 'no-answer' } } as const;

/** The same keychain, which counts as silent once `signal` is aborted: an app that ends does not wait for its dialog. */
export function secretsUntil(secrets: SecretStore, signal: AbortSignal): SecretStore {
  const until = async <Answer, Silence>(work: Promise<Answer>, silence: Silence): Promise<Answer | Silence> => {
    const { promise, resolve } = Promise.withResolvers<Silence>();
    const end = (): void => resolve(silence);
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    try {
      return await Promise.race([work, promise]);
    } finally {
      signal.removeEventListener('abort', end);
    }
  };
  return {
    probe: async () => await until(secrets.probe(), unavailable.keychain),
    list: async (prefix) => await until(secrets.list(prefix), unavailable),
    get: async (account) => await until(secrets.get(account), unavailable),
    set: async (account, secret) => await until(secrets.set(account, secret), unavailable),
    remove: async (account) => await until(secrets.remove(account), unavailable),
  };
}
