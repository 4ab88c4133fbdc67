import { fork } from 'node:child_process';
import { keychainStateSchema } from './secret-store.ts';
import type { KeychainState, SecretStore } from './secret-store.ts';

/** What `createKeychainSecretStore` needs. */
export type KeychainSecretStoreOptions = {
  /** Absolute path of the probe's entry: `keychain-probe.js` beside the built doors, `keychain-probe/index.ts` in tests. */
  readonly probePath: string;
  /** A keychain that takes longer counts as silent; default 3 s. */
  readonly timeoutMs?: number;
};

/**
 * The keychain behind a process of its own for each probe, so that a library that is missing, hangs or crashes is a state
 * and not an end.
 */
export function createKeychainSecretStore({ probePath, timeoutMs = 3_000 }: KeychainSecretStoreOptions): SecretStore {
  return {
    probe: () =>
      new Promise((resolve) => {
        const child = fork(probePath, [], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
        const finish = (state: KeychainState): void => {
          clearTimeout(timer);
          child.kill('SIGKILL');
          resolve(state);
        };
        const timer = setTimeout(() => finish({ state: 'refused', reason: 'no-answer' }), timeoutMs);
        child.once('message', (message) => {
          const { data } = keychainStateSchema.safeParse(message);
          finish(data ?? { state: 'refused', reason: 'no-answer' });
        });
        child.once('error', () => finish({ state: 'absent', reason: 'no-library' }));
        child.once('exit', () => finish({ state: 'absent', reason: 'no-library' }));
      }),
  };
}
