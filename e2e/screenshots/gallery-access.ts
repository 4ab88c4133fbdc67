import type { AccessService } from '../../electron/services/access/access-service.ts';
import type { AccessState, KeychainState } from '../../electron/shared/access.ts';
import { AppError } from '../../electron/shared/app-error.ts';

const now = Date.now();
const day = 86_400_000;

/** States of the kept chats that a picture may show. */
export const accessStates = {
  kept: {
    state: 'open',
    keeping: 'passphrase',
    isChosen: true,
    isBesideKept: false,
    isReadOnly: false,
    lostCommits: 0,
  },
  notChosen: {
    state: 'open',
    keeping: 'session-only',
    isChosen: false,
    isBesideKept: false,
    isReadOnly: false,
    lostCommits: 0,
  },
  noticed: {
    state: 'open',
    keeping: 'keychain',
    isChosen: true,
    isBesideKept: false,
    isReadOnly: true,
    lostCommits: 2,
  },
  opening: { state: 'opening' },
  passphrase: { state: 'locked', keeping: 'passphrase', reason: 'idle' },
  keychain: { state: 'locked', keeping: 'keychain', reason: 'keychain-refused' },
  damaged: {
    state: 'damaged',
    error: { code: 'storage/corrupt', message: 'A page does not verify.', details: {} },
    rescue: { conversations: 212, messages: 4_810, documents: 31, unreadable: 14 },
    backups: [1, 2, 9].map((age) => ({
      name: `backup-${age}`,
      madeAt: now - age * day,
      sizeBytes: 48_000_000 - age * 400_000,
    })),
  },
  failed: { state: 'failed', error: { code: 'disk/full', message: 'No room.', details: {} } },
} as const satisfies Readonly<Record<string, AccessState>>;

export type AccessName = keyof typeof accessStates;

/** An access service that stays in one state, whatever it is told. */
export function createGalleryAccess(name: AccessName, keychain: KeychainState): AccessService {
  const state: AccessState = accessStates[name];
  return {
    state,
    watch: async function* (signal) {
      yield state;
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    },
    keychain: () => Promise.resolve(keychain),
    unlock: () => Promise.reject(new AppError('access/wrong-passphrase', 'Not the passphrase.')),
    lock: () => Promise.resolve(),
    noteActivity: () => undefined,
    keep: () => new Promise(() => undefined),
    changePassphrase: () => new Promise(() => undefined),
    continueWithoutKept: () => new Promise(() => undefined),
    restoreBackup: () => new Promise(() => undefined),
    openReadable: () => new Promise(() => undefined),
    erase: () =>
      Promise.resolve({
        isKeyGone: true,
        isDatabaseGone: true,
        areBackupsGone: true,
        leftFiles: ['sotto.log', 'models'],
      }),
    close: () => Promise.resolve(),
  };
}
