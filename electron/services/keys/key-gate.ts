import type { KeepingSource } from '../access/access-service.ts';

/** Keeps those who look for a key from looking where it has just been, while all of them move. */
export class KeyGate {
  readonly #keeping: Pick<KeepingSource, 'keychainAccount'>;
  #moving: Promise<undefined> | null = null;

  constructor(keeping: Pick<KeepingSource, 'keychainAccount'>) {
    this.#keeping = keeping;
  }

  /** Account of the database's own key in the keychain; null where keys belong into the database. */
  get account(): string | null {
    return this.#keeping.keychainAccount();
  }

  /** Waits for a move to end before `work`; where one came in between, `work` begins again. */
  async pass<Output>(work: (account: string | null) => Promise<Output>): Promise<Output> {
    for (;;) {
      await this.#moving;
      const { account } = this;
      const output = await work(account);
      if (this.#moving === null && this.account === account) return output;
    }
  }

  /** Must not overlap. */
  async closeDuring(move: () => Promise<void>): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#moving = promise;
    try {
      await move();
    } finally {
      this.#moving = null;
      resolve(undefined);
    }
  }
}
