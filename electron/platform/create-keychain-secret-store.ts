import { fork, type ChildProcess } from 'node:child_process';
import { keychainReplySchema } from './keychain-process/keychain-request.ts';
import type { KeychainAnswer, KeychainRequest, KeychainUnavailable } from './keychain-process/keychain-request.ts';
import type { SecretStore } from './secret-store.ts';

/** What `createKeychainSecretStore` needs. */
export type KeychainSecretStoreOptions = {
  /** Absolute path of the entry: `keychain-process.js` beside the built doors, `keychain-process/index.ts` in tests. */
  readonly processPath: string;
  /** A keychain that takes longer to a probe counts as silent; default 3 s. */
  readonly timeoutMs?: number;
  /** The same for the other calls, in which a person may be typing the keychain's own password; default 60 s. */
  readonly promptTimeoutMs?: number;
};

const noAnswer: KeychainUnavailable = {
  status: 'unavailable',
  keychain: { state: 'refused', reason: 'no-answer' },
};
const noLibrary: KeychainUnavailable = {
  status: 'unavailable',
  keychain: { state: 'absent', reason: 'no-library' },
};

/**
 * The keychain behind a process of its own for each call, which is killed with the answer or the time-out. Whether a `set`
 * or `remove` that ended as `unavailable` took place is not known; `get` tells.
 */
export function createKeychainSecretStore(options: KeychainSecretStoreOptions): SecretStore {
  const { processPath, timeoutMs = 3_000, promptTimeoutMs = 60_000 } = options;
  const ask = (request: KeychainRequest): Promise<KeychainAnswer> =>
    askProcess(processPath, request, request.call === 'probe' ? timeoutMs : promptTimeoutMs);
  const change = async (request: KeychainRequest) => {
    const answer = await ask(request);
    return answer.status === 'done' || answer.status === 'unavailable' ? answer : noAnswer;
  };
  return {
    async probe() {
      const answer = await change({ call: 'probe' });
      return answer.status === 'done' ? { state: 'available' } : answer.keychain;
    },
    async get(account) {
      const answer = await ask({ call: 'get', account });
      return answer.status === 'found' || answer.status === 'missing' || answer.status === 'unavailable'
        ? answer
        : noAnswer;
    },
    async list(prefix) {
      const answer = await ask({ call: 'list', prefix });
      return answer.status === 'listed' || answer.status === 'unavailable' ? answer : noAnswer;
    },
    set: (account, secret) => change({ call: 'set', account, secret }),
    remove: (account) => change({ call: 'remove', account }),
  };
}

function askProcess(processPath: string, request: KeychainRequest, timeoutMs: number): Promise<KeychainAnswer> {
  return new Promise((resolve) => {
    let isLoaded = false;
    const child = startProcess(processPath);
    if (child === null) {
      resolve(noLibrary);
      return;
    }
    const finish = (answer: KeychainAnswer): void => {
      clearTimeout(timer);
      child.off('message', hear);
      child.kill('SIGKILL');
      resolve(answer);
    };
    const hear = (message: unknown): void => {
      const { data } = keychainReplySchema.safeParse(message);
      if (data?.status === 'loaded') isLoaded = true;
      else finish(data ?? noAnswer);
    };
    const timer = setTimeout(() => finish(noAnswer), timeoutMs);
    child.on('message', hear);
    // Without a library the process ends before it has loaded one; later it was killed, or the library crashed in the call.
    child.on('error', () => finish(isLoaded ? noAnswer : noLibrary));
    child.once('exit', () => finish(isLoaded ? noAnswer : noLibrary));
    // What goes wrong with sending shows as the end of the process.
    if (child.connected) child.send(request, () => undefined);
  });
}

/** Null on a machine that has no room for another process; most reasons come as an event instead. */
function startProcess(processPath: string): ChildProcess | null {
  try {
    // Translated messages of the library could not be told apart.
    const environment = { ...process.env, LC_ALL: 'C' };
    // Node's own flags stay here: a debugger's port cannot be opened twice, and `--eval` would run something else.
    return fork(processPath, [], { execArgv: [], env: environment, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  } catch {
    return null;
  }
}
