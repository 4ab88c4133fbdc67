import { readAccessFile, type AccessRecord } from '../../platform/access-file.ts';
import { AppError } from '../../shared/app-error.ts';
import type { AccessState, LockReason } from '../../shared/access.ts';
import type { AccessServiceOptions, Held, KeptRecord } from './access-parts.ts';
import { changeKeeping, endCutShortChange } from './change-keeping.ts';
import { fetchKeychainKey } from './keychain-key.ts';
import { databasePath, hasKeptFiles } from './kept-files.ts';
import { keychainAccountOf, newDatabaseKey, newKeychainRecord } from './records.ts';
import type { OpenChats } from './open-chats.ts';
import { WatchedState } from './watched-state.ts';

/** What is open or why nothing is, and the steps between: each leaves a state that is told, whatever happens in it. */
export class AccessSession {
  readonly options: AccessServiceOptions;
  readonly state = new WatchedState({ state: 'opening' });
  #held: Held = { kind: 'nothing' };
  /** Of what is open or about to be: services ask for it before the state can say so. */
  #keychainAccount: string | null = null;

  constructor(options: AccessServiceOptions) {
    this.options = options;
  }

  get held(): Held {
    return this.#held;
  }

  /** Looks at what is kept and opens it as far as that needs nobody. Never throws: what is wrong becomes the state. */
  async begin(): Promise<void> {
    this.state.set({ state: 'opening' });
    const { dataFolder } = this.options;
    let record: AccessRecord | null = null;
    try {
      await endCutShortChange(this.options);
      const read = await readAccessFile(dataFolder);
      const isDamaged = read !== null && 'status' in read;
      record = isDamaged ? null : read;
      if (record === null && (await hasKeptFiles(dataFolder))) throw noRecord(isDamaged);
      if (record === null) await this.#firstStart();
      else if (record.keeping === 'session-only') await this.openInMemory({ record, isBesideKept: false });
      else if (record.keeping === 'passphrase') this.becomeLocked(record, 'passphrase');
      else await this.openFromKeychain(record);
    } catch (error) {
      this.becomeFailed(record, error);
    }
  }

  /** Opens by the key in the keychain, or is locked with the reason. Never throws. */
  async openFromKeychain(record: Extract<KeptRecord, { readonly keeping: 'keychain' }>): Promise<LockReason | null> {
    const answer = await fetchKeychainKey(this.options.secrets, record.account);
    if (answer.status === 'closed') {
      this.becomeLocked(record, answer.reason);
      return answer.reason;
    }
    await this.openKept(record, answer.key, false);
    return null;
  }

  /** Opens the file, or is damaged or failed. `isFresh` makes it. Never throws. */
  async openKept(record: KeptRecord, key: Uint8Array, isFresh: boolean): Promise<void> {
    this.state.set({ state: 'opening' });
    const file = { path: databasePath(this.options.dataFolder), key };
    this.#keychainAccount = keychainAccountOf(record);
    try {
      const location = { kind: 'file', path: file.path, key: key.slice(), mayCreate: isFresh } as const;
      const chats = await this.options.openChats({ location, isFresh, keeping: this.#keeping });
      this.become({ kind: 'open', chats, record, key, isBesideKept: false });
    } catch (error) {
      if (AppError.from(error).code === 'storage/corrupt') this.#becomeDamaged(record, key, AppError.from(error));
      else this.becomeFailed(record, error);
    }
  }

  /** Goes on with nothing kept. Throws what the database throws. */
  async openInMemory({ record, isBesideKept }: { record: AccessRecord | null; isBesideKept: boolean }): Promise<void> {
    const chats = await this.#openMemory();
    this.become({ kind: 'open', chats, record, key: null, isBesideKept });
  }

  /** What is held from now on is open: tells so. */
  become(held: Extract<Held, { kind: 'open' }>): void {
    this.#held = held;
    const { record, isBesideKept, key, chats } = held;
    this.#keychainAccount = key === null ? null : keychainAccountOf(record);
    this.state.set({
      state: 'open',
      keeping: key === null || record === null ? 'session-only' : record.keeping,
      isChosen: record !== null || isBesideKept,
      isBesideKept,
      ...chats.opened,
    });
  }

  becomeLocked(record: KeptRecord, reason: LockReason): void {
    this.#held = { kind: 'locked', record };
    this.state.set({ state: 'locked', keeping: record.keeping, reason });
  }

  becomeFailed(record: AccessRecord | null, error: unknown): void {
    const appError = AppError.from(error);
    this.options.logger.error('access-failed', { code: appError.code });
    this.#held = { kind: 'failed', record };
    this.state.set({ state: 'failed', error: appError.toData() });
  }

  /** Ends what is open and forgets the key; `state` is told first, so that nobody calls what is ending. */
  async shut(state: AccessState, next: Held): Promise<void> {
    const last = this.#held;
    this.#held = next;
    this.state.set(state);
    if (last.kind === 'open') await last.chats.close();
    if (last.kind === 'open' || last.kind === 'damaged') last.key?.fill(0);
  }

  /**
   * Nothing was ever chosen here: chats are kept by the keychain where there is one that takes the key; otherwise they are
   * in memory, and the window asks.
   */
  async #firstStart(): Promise<void> {
    const record = newKeychainRecord();
    const key = newDatabaseKey();
    const chats = await this.#openMemory();
    try {
      // Asked first, because it answers soon: the other calls wait for a person who types the keychain's own password.
      if ((await this.options.secrets.probe()).state !== 'available')
        throw new AppError('access/keychain-unavailable', '');
      const location = { kind: 'file', path: databasePath(this.options.dataFolder), key: key.slice() } as const;
      await changeKeeping(this.options, { from: null, to: record, key }, (commit) => chats.move(location, commit));
      this.become({ kind: 'open', chats, record, key, isBesideKept: false });
    } catch (error) {
      if (AppError.from(error).code === 'access/keychain-unavailable') {
        this.become({ kind: 'open', chats, record: null, key: null, isBesideKept: false });
        return;
      }
      await chats.close();
      throw error;
    }
  }

  async #openMemory(): Promise<OpenChats> {
    this.#keychainAccount = null;
    return await this.options.openChats({ location: { kind: 'memory' }, isFresh: true, keeping: this.#keeping });
  }

  readonly #keeping = {
    current: () => (this.state.current.state === 'open' ? this.state.current.keeping : ('session-only' as const)),
    keychainAccount: () => this.#keychainAccount,
    onChange: (listener: () => void) => this.state.onChange(listener),
  };

  #becomeDamaged(record: KeptRecord, key: Uint8Array, error: AppError): void {
    const damaged = this.options.openDamaged({ path: databasePath(this.options.dataFolder), key: key.slice() });
    const held: Held = { kind: 'damaged', record, key, damaged };
    this.#held = held;
    this.state.set({ state: 'damaged', error: error.toData(), rescue: null, backups: [] });
    void this.#describeDamage(held);
  }

  /** Says what can be had, part by part, as long as the database is still damaged. */
  async #describeDamage(held: Extract<Held, { kind: 'damaged' }>): Promise<void> {
    const add = (part: Partial<Extract<AccessState, { state: 'damaged' }>>): void => {
      const { current } = this.state;
      if (this.#held === held && current.state === 'damaged') this.state.set({ ...current, ...part });
    };
    try {
      add({ backups: await held.damaged.backups() });
      add({ rescue: await held.damaged.inspect() });
    } catch (error) {
      this.options.logger.warn('damage-not-described', { code: AppError.from(error).code });
      add({ rescue: { conversations: 0, messages: 0, documents: 0, unreadable: 0 } });
    }
  }
}

/** Chats lie there and nothing says what opens them. They may be opened again when the file is brought back. */
function noRecord(isDamaged: boolean): AppError {
  return new AppError('access/no-record', 'Nothing says how the saved chats are opened', {
    file: 'access.json',
    isDamaged,
  });
}
