import { AppError } from '../../shared/app-error.ts';
import { assertNever } from '../../shared/assert-never.ts';
import { createTurns } from '../../shared/in-turn.ts';
import type { KeyOwner, KeyStatus } from '../../shared/key.ts';
import type { RemoteRepository } from '../../storage/remote-operations.ts';
import type { KeepingSource } from '../access/access-service.ts';
import { KeyGate } from './key-gate.ts';
import { KeyStore } from './key-store.ts';
import type { KeyPresence, KeyStoreOptions } from './key-store.ts';
import type { KeysService } from './keys-service.ts';

/** What the service is made of. */
export type KeysServiceOptions = KeyStoreOptions & {
  readonly remotes: Pick<RemoteRepository, 'list'>;
  readonly keeping: Pick<KeepingSource, 'current' | 'keychainAccount'>;
};

/** Makes the service. Nothing is asked of the keychain before a key has been set. */
export function createKeysService(options: KeysServiceOptions): KeysService {
  const { secrets, remotes, keeping, logger } = options;
  const store = new KeyStore(options);
  const gate = new KeyGate(keeping);
  const inTurn = createTurns();
  const toStatus = (owner: KeyOwner, presence: KeyPresence): KeyStatus => ({
    owner,
    state: stateOf(presence, keeping.current() === 'session-only'),
  });

  /** A key that an earlier version kept in the database goes where it belongs. It can be used from both. */
  const settle = async (owner: KeyOwner): Promise<void> => {
    const { account } = gate;
    if (account === null || (await store.settle(account, owner))) return;
    logger.warn('key-not-moved', { owner: owner === 'hub' ? 'hub' : 'remote' });
  };

  return {
    async status() {
      const owners: readonly KeyOwner[] = ['hub', ...(await remotes.list()).map(({ id }) => id)];
      const presence = await gate.pass(async (account) => await store.presence(account, owners));
      return owners.map((owner) => toStatus(owner, presence.get(owner) ?? 'missing'));
    },
    async set(owner, secret) {
      const trimmed = secret.trim();
      await requireForm(owner, trimmed, remotes);
      return await inTurn(async () => {
        const { account } = gate;
        await store.write(account, owner, trimmed);
        return toStatus(owner, account === null ? 'in-database' : 'in-keychain');
      });
    },
    remove: async (owner) =>
      await inTurn(async () => {
        await store.remove(gate.account, owner);
        return toStatus(owner, 'missing');
      }),
    async read(owner) {
      const row = await secrets.get(owner);
      if (row === null) return null;
      const secret = await gate.pass(async (account) => await store.read(account, owner));
      if (row !== '') await inTurn(async () => await settle(owner));
      return secret;
    },
    carry: async (change) =>
      await inTurn(
        async () =>
          await gate.closeDuring(async () => {
            try {
              await change(async (account) => await store.copy(gate.account, account));
            } finally {
              await store.clean(gate.account).catch((error: unknown) => {
                logger.warn('keys-not-cleaned', { code: AppError.from(error).code });
              });
            }
          }),
      ),
  };
}

/**
 * Letters of a key: what can be seen, in one piece; anything else came along by mistake when it was copied. The longest that
 * every keychain takes (Windows: 2,560 bytes).
 */
const keyForm = /^[\x21-\x7e]{1,2500}$/;
/** Nobody's key is shorter, but people give their own servers what they like. */
const shortestKey = 8;

/** Throws `app/not-found` for an owner that is not there, `app/invalid-input` for what cannot be its key. */
async function requireForm(owner: KeyOwner, secret: string, remotes: Pick<RemoteRepository, 'list'>): Promise<void> {
  const remote = owner === 'hub' ? null : (await remotes.list()).find(({ id }) => id === owner);
  if (remote === undefined) throw new AppError('app/not-found', 'There is no such remote.', { kind: 'remote' });
  const isShort = secret.length < shortestKey && remote?.zone !== 'own-server';
  if (isShort || !keyForm.test(secret)) {
    throw new AppError('app/invalid-input', 'This is no key.', { field: 'secret', reason: 'key' });
  }
}

function stateOf(presence: KeyPresence, isForSession: boolean): KeyStatus['state'] {
  switch (presence) {
    case 'missing':
    case 'unreachable':
      return presence;
    case 'in-keychain':
      return 'kept-in-keychain';
    case 'in-database':
      return isForSession ? 'kept-for-session' : 'kept-in-database';
    default:
      return assertNever(presence);
  }
}
