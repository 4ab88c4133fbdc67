import { keychainService } from './keychain-request.ts';
import type { KeychainAnswer, KeychainRequest, KeychainUnavailable } from './keychain-request.ts';

type Keychain = Pick<typeof import('keytar'), 'findCredentials' | 'getPassword' | 'setPassword' | 'deletePassword'>;

async function loadKeychain(): Promise<Keychain | null> {
  try {
    const module: { default?: Keychain } = await import('keytar');
    return module.default ?? null;
  } catch {
    return null;
  }
}

/** Nothing but its name is worth anything, and it is there for the time of one question. */
const trialAccount = 'trial';

/**
 * Whether the keychain takes a secret now. libsecret answers "no such secret" for one in a locked keyring whose dialog was
 * closed, so on Linux "missing" says nothing until the same keyring has taken a trial one. Throws when it does not.
 */
async function tryToKeep(keychain: Keychain): Promise<void> {
  if (process.platform !== 'linux') return;
  await keychain.setPassword(keychainService, trialAccount, trialAccount);
  await keychain.deletePassword(keychainService, trialAccount);
}

async function look(keychain: Keychain, account: string): Promise<string | null> {
  const secret = await keychain.getPassword(keychainService, account);
  if (secret === null) await tryToKeep(keychain);
  return secret;
}

async function ask(keychain: Keychain, request: KeychainRequest): Promise<KeychainAnswer> {
  switch (request.call) {
    case 'probe':
      await keychain.getPassword(keychainService, trialAccount);
      await tryToKeep(keychain);
      return { status: 'done' };
    case 'list': {
      // libsecret leaves those out that are in a locked keyring.
      await tryToKeep(keychain);
      const found = await keychain.findCredentials(keychainService);
      const accounts = found.map(({ account }) => account).filter((account) => account.startsWith(request.prefix));
      return { status: 'listed', accounts };
    }
    case 'get': {
      const secret = await look(keychain, request.account);
      return secret === null ? { status: 'missing' } : { status: 'found', secret };
    }
    case 'set': {
      // It would be cut off or changed, and the one before it lost.
      if (/^$|\0/.test(request.secret) || !request.secret.isWellFormed()) return refused('denied');
      await keychain.setPassword(keychainService, request.account, request.secret);
      const kept = await keychain.getPassword(keychainService, request.account);
      return kept === request.secret ? { status: 'done' } : refused('denied');
    }
    case 'remove':
      await keychain.deletePassword(keychainService, request.account);
      return (await look(keychain, request.account)) === null ? { status: 'done' } : refused('denied');
  }
}

function refused(reason: 'denied' | 'no-answer'): KeychainUnavailable {
  return { status: 'unavailable', keychain: { state: 'refused', reason } };
}

/** The words are those of libsecret, GLib and D-Bus; the other systems' libraries know no absence, only refusals. */
function explainFailure(error: unknown): KeychainUnavailable {
  const words = String(error);
  if (/locked|dismissed|denied/i.test(words)) return refused('denied');
  if (/noreply|timed? ?out|disconnected|connection (is|was) closed/i.test(words)) return refused('no-answer');
  const isAbsent =
    /autolaunch|address is empty|could not connect|serviceunknown|not provided by|namehasnoowner|spawn/i.test(words);
  return isAbsent ? { status: 'unavailable', keychain: { state: 'absent', reason: 'no-service' } } : refused('denied');
}

/** Asks the system's keychain. Never throws; `onLoaded` is called when its library could be loaded. */
export async function answerKeychainRequest(request: KeychainRequest, onLoaded: () => void): Promise<KeychainAnswer> {
  const keychain = await loadKeychain();
  if (keychain === null) return { status: 'unavailable', keychain: { state: 'absent', reason: 'no-library' } };
  onLoaded();
  return await ask(keychain, request).catch(explainFailure);
}
