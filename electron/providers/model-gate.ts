type Waiter = { readonly key: string; readonly enter: () => void };

/**
 * Keeps a model where it is while it is used: work on the same model with the same options, which is what a key stands
 * for, runs side by side, work on another one waits until
 * the last of it has ended. Without it, loading a second model would end the answers of the first.
 */
export class ModelGate {
  #key: string | null = null;
  #users = 0;
  #waiting: Waiter[] = [];

  /** Runs `work` while the model that `key` stands for may be loaded. Rejects with the signal's reason when aborted while waiting. */
  async run<Result>(key: string, signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    const leave = await this.enter(key, signal);
    try {
      return await work();
    } finally {
      leave();
    }
  }

  /** As `run`, for work that is not one promise: call what it resolves with at the end, once. */
  async enter(key: string, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#users > 0 && this.#key !== key) await this.#wait(key, signal);
    else this.#begin(key);
    return () => this.#leave();
  }

  #begin(key: string): void {
    this.#key = key;
    this.#users += 1;
  }

  async #wait(key: string, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiter: Waiter = { key, enter: resolve };
    this.#waiting.push(waiter);
    const abandon = (): void => {
      // Too late once it was let in: it has to leave by itself then.
      if (!this.#waiting.includes(waiter)) return;
      this.#waiting = this.#waiting.filter((other) => other !== waiter);
      reject(signal.reason as Error); // The reason is whatever the caller gave; the contract is to pass it on.
    };
    signal.addEventListener('abort', abandon, { once: true });
    try {
      await promise;
    } finally {
      signal.removeEventListener('abort', abandon);
    }
  }

  #leave(): void {
    this.#users -= 1;
    const [next] = this.#waiting;
    if (this.#users > 0 || next === undefined) return;
    const entering = this.#waiting.filter(({ key }) => key === next.key);
    this.#waiting = this.#waiting.filter(({ key }) => key !== next.key);
    for (const waiter of entering) {
      this.#begin(waiter.key);
      waiter.enter();
    }
  }
}
