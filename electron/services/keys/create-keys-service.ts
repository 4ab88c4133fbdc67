import { AppError } from '../../shared/app-error.ts';
import { assertNever } from '../../shared/assert-never.ts';
import type { KeyOwner, KeyStatus } from '../../shared/key.ts';
import type { RemoteRepository } from '../../storage/remote-operations.ts';
import type { KeepingSource } from '../access/access-service.ts';
import { KeyStore } from './key-store.ts';
import type { KeyPresence, KeyStoreOptions } from './key-store.ts';
import type { KeysService } from './keys-service.ts';

/** What the service is made of. */
export type KeysServiceOptions = KeyStoreOptions & {
  readonly remotes: Pick<RemoteRepository, 'list'>;
  readonly keeping: Pick<KeepingSource, 'current' | 'keychainAccount'>;
};

/**
 * Letters of a key: what can be seen, in one piece; anything else came along by mistake when it was copied. The longest that
 * every keychain takes (Windows: 2,560 bytes).
 */
const keyForm = /^[\x21-\x7e]{1,2500}$/;
/** Nobody's key is shorter, but people give their own servers what they like. */
const shortestKey = 8;

/** Makes the service. Nothing is asked of the keychain before a key has been set. */
export function createKeysService(options: KeysServiceOptions): KeysService {
  const { secrets, remotes, keeping, logger } = options;
  const store = new KeyStore(options);
  let last: Promise<unknown> = Promise.resolve();
  let carrying: Promise<undefined> | null = null;

  /** One change after the other. */
  const alone = async <Output>(work: () => Promise<Output>): Promise<Output> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return await next;
  };

  /** Keys do not move while `work` looks: where they did, it looks again. */
  const steadily = async <Output>(work: (account: string | null) => Promise<Output>): Promise<Output> => {
    for (;;) {
      await carrying;
      const account = keeping.keychainAccount();
      const output = await work(account);
      if (carrying === null && keeping.keychainAccount() === account) return output;
    }
  };

  const toStatus = (owner: KeyOwner, presence: KeyPresence): KeyStatus => ({
    owner,
    state: stateOf(presence, keeping.current() === 'session-only'),
  });
  const statusOf = async (owners: readonly KeyOwner[]): Promise<readonly KeyStatus[]> =>
    await steadily(async (account) => {
      const presence = await store.presence(account, owners);
      return owners.map((owner) => toStatus(owner, presence.get(owner) ?? 'missing'));
    });

  /** A key that an earlier version kept in the database goes where it belongs. It can be used from both. */
  const settle = async (owner: KeyOwner): Promise<void> => {
    const account = keeping.keychainAccount();
    if (account === null || (await store.settle(account, owner))) return;
    logger.warn('key-not-moved', { owner: owner === 'hub' ? 'hub' : 'remote' });
  };

  const requireForm = async (owner: KeyOwner, secret: string): Promise<void> => {
    const remote = owner === 'hub' ? null : (await remotes.list()).find(({ id }) => id === owner);
    if (remote === undefined) throw new AppError('app/not-found', 'There is no such remote.', { kind: 'remote' });
    const isShort = secret.length < shortestKey && remote?.zone !== 'own-server';
    if (isShort || !keyForm.test(secret)) {
      throw new AppError('app/invalid-input', 'This is no key.', { field: 'secret', reason: 'key' });
    }
  };

  return {
    async status() {
      const owners: readonly KeyOwner[] = ['hub', ...(await remotes.list()).map(({ id }) => id)];
      return await statusOf(owners);
    },
    async set(owner, secret) {
      const trimmed = secret.trim();
      await requireForm(owner, trimmed);
      return await alone(async () => {
        const account = keeping.keychainAccount();
        await store.write(account, owner, trimmed);
        return toStatus(owner, account === null ? 'in-database' : 'in-keychain');
      });
    },
    remove: async (owner) =>
      await alone(async () => {
        await store.remove(keeping.keychainAccount(), owner);
        return toStatus(owner, 'missing');
      }),
    async read(owner) {
      const row = await secrets.get(owner);
      if (row === null) return null;
      const secret = await steadily(async (account) => await store.read(account, owner));
      if (row !== '') await alone(async () => await settle(owner));
      return secret;
    },
    carry: async (change) =>
      await alone(async () => {
        const { promise, resolve } = Promise.withResolvers<undefined>();
        carrying = promise;
        try {
          await change(async (account) => await store.copy(keeping.keychainAccount(), account));
        } finally {
          await store.clean(keeping.keychainAccount()).catch((error: unknown) => {
            logger.warn('keys-not-cleaned', { code: AppError.from(error).code });
          });
          carrying = null;
          resolve(undefined);
        }
      }),
  };
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
