import { keyAccount, keyAccountPrefix } from '../../platform/key-account.ts';
import type { Logger } from '../../platform/logger.ts';
import type { SecretStore } from '../../platform/secret-store.ts';
import { AppError } from '../../shared/app-error.ts';
import type { KeyOwner } from '../../shared/key.ts';
import type { SecretRepository } from '../../storage/saved-state-repository.ts';

/** Stands in the database for a key that the keychain has: nobody asks the keychain for a key that was never set. */
const inKeychain = '';

/** What a store of keys is made of. */
export type KeyStoreOptions = {
  readonly secrets: SecretRepository;
  /** Brings what was deleted from the database out of its files too. */
  readonly forget: () => Promise<void>;
  readonly keychain: SecretStore;
  readonly logger: Logger;
};

/** Whether a key is there, and where. */
export type KeyPresence = 'missing' | 'in-keychain' | 'in-database' | 'unreachable';

/**
 * Keys in the keychain, or in the database. `account` is that of the database's own key in the keychain; null where keys
 * belong into the database. A key that still lies in the database although the keychain keeps the chats, of an earlier version
 * or of a change that was cut short, moves when it is used: written, read back, and only then removed. Of two, the
 * keychain's is the newer one, because every change writes there first. Calls that change something must not overlap.
 */
export class KeyStore {
  readonly #options: KeyStoreOptions;

  constructor(options: KeyStoreOptions) {
    this.#options = options;
  }

  /** Null without one. Throws `access/keychain-unavailable` for one that is out of reach. */
  async read(account: string | null, owner: KeyOwner): Promise<string | null> {
    const { secrets, keychain } = this.#options;
    const row = await secrets.get(owner);
    if (account === null || row === null) return row === inKeychain ? null : row;
    const answer = await keychain.get(keyAccount(account, owner));
    if (answer.status === 'found') return answer.secret;
    if (row !== inKeychain) return row;
    if (answer.status === 'missing') return null;
    throw keychainUnavailable(answer.keychain.state);
  }

  /** Moves a key that lies in the database into the keychain. False, and all as it was, while the keychain takes none. */
  async settle(account: string, owner: KeyOwner): Promise<boolean> {
    const { secrets, keychain, forget } = this.#options;
    const row = await secrets.get(owner);
    if (row === null || row === inKeychain) return true;
    const place = keyAccount(account, owner);
    const { status } = await keychain.get(place);
    const isThere = status === 'found' || (status === 'missing' && (await keychain.set(place, row)).status === 'done');
    if (!isThere) return false;
    await secrets.put(owner, inKeychain);
    await forget();
    return true;
  }

  /** Throws `access/keychain-unavailable`; then the keychain may have the new key or the one before. */
  async write(account: string | null, owner: KeyOwner, secret: string): Promise<void> {
    const { secrets, keychain, forget } = this.#options;
    const row = await secrets.get(owner);
    if (account === null) {
      await secrets.put(owner, secret);
      if (row !== null) await forget();
      return;
    }
    // Before the key itself: one that the database does not know of would be in no list.
    if (row === null) await secrets.put(owner, inKeychain);
    const change = await keychain.set(keyAccount(account, owner), secret);
    if (change.status === 'unavailable') throw keychainUnavailable(change.keychain.state);
    if (row === null || row === inKeychain) return;
    await secrets.put(owner, inKeychain);
    await forget();
  }

  /** Throws `access/keychain-unavailable`; then it may still be in the keychain, and the database knows of it. */
  async remove(account: string | null, owner: KeyOwner): Promise<void> {
    const { secrets, keychain, forget } = this.#options;
    const row = await secrets.get(owner);
    if (row === null) return;
    if (account !== null) {
      if (row !== inKeychain) await secrets.put(owner, inKeychain);
      const change = await keychain.remove(keyAccount(account, owner));
      if (change.status === 'unavailable') throw keychainUnavailable(change.keychain.state);
    }
    await secrets.remove(owner);
    await forget();
  }

  /** Of each owner. The keychain is asked once for all of them, and not at all where the database knows of none in it. */
  async presence(account: string | null, owners: readonly KeyOwner[]): Promise<ReadonlyMap<KeyOwner, KeyPresence>> {
    const rows = new Map<KeyOwner, string | null>();
    for (const owner of owners) rows.set(owner, await this.#options.secrets.get(owner));
    const isAsked = account !== null && [...rows.values()].includes(inKeychain);
    const accounts = isAsked ? await this.#accounts(account) : [];
    const presenceOf = (owner: KeyOwner, row: string | null): KeyPresence => {
      if (row === null || (row === inKeychain && account === null)) return 'missing';
      if (account === null || row !== inKeychain) return 'in-database';
      if (accounts === null) return 'unreachable';
      return accounts.includes(keyAccount(account, owner)) ? 'in-keychain' : 'missing';
    };
    return new Map([...rows].map(([owner, row]) => [owner, presenceOf(owner, row)]));
  }

  /**
   * Copies every key to where it belongs after a change from one way of keeping to another; what was copied stays. Throws
   * `access/keychain-unavailable` where the new keychain takes none. A key that the keychain of before does not give is left
   * behind: chats must be able to leave a keychain that is broken.
   */
  async copy(from: string | null, to: string | null): Promise<void> {
    const { secrets, keychain, logger } = this.#options;
    let isBroken = false;
    for (const owner of await secrets.owners()) {
      const isOutOfReach = isBroken && (await secrets.get(owner)) === inKeychain;
      const secret = isOutOfReach ? null : await this.read(from, owner).catch(unlessUnavailable);
      if (secret === null) {
        // One that does not answer may take a minute for each of them.
        isBroken = true;
        logger.warn('key-left-behind', { owner: owner === 'hub' ? 'hub' : 'remote' });
      } else if (to === null) {
        await secrets.put(owner, secret);
      } else {
        const change = await keychain.set(keyAccount(to, owner), secret);
        if (change.status === 'unavailable') throw keychainUnavailable(change.keychain.state);
      }
    }
  }

  /** Ends a change: where the keychain has the keys, the database forgets them. Of one that was left behind, nothing stays. */
  async clean(account: string | null): Promise<void> {
    const { secrets, forget } = this.#options;
    for (const owner of await secrets.owners()) {
      if (account !== null) {
        if (!(await this.settle(account, owner))) return;
      } else if ((await secrets.get(owner)) === inKeychain) {
        await secrets.remove(owner);
        await forget();
      }
    }
  }

  /** Accounts of keys; null while the keychain does not say. */
  async #accounts(account: string): Promise<readonly string[] | null> {
    const { keychain } = this.#options;
    // This one does not wait for a dialog, so no page does.
    if ((await keychain.probe()).state !== 'available') return null;
    const found = await keychain.list(keyAccountPrefix(account));
    return found.status === 'listed' ? found.accounts : null;
  }
}

function keychainUnavailable(state: 'absent' | 'refused'): AppError {
  return new AppError('access/keychain-unavailable', 'The keychain does not answer.', { reason: `keychain-${state}` });
}

function unlessUnavailable(error: unknown): null {
  if (AppError.from(error).code !== 'access/keychain-unavailable') throw error;
  return null;
}
