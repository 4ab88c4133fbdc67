type Waiter = { readonly path: string; readonly enter: () => void };

/**
 * Keeps a model where it is while it is used: work on the same model runs side by side, work on another one waits until
 * the last of it has ended. Without it, loading a second model would end the answers of the first.
 */
export class ModelGate {
  #path: string | null = null;
  #users = 0;
  #waiting: Waiter[] = [];

  /** Runs `work` while the model at `path` may be loaded. Rejects with the signal's reason when aborted while waiting. */
  async run<Result>(path: string, signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    const leave = await this.enter(path, signal);
    try {
      return await work();
    } finally {
      leave();
    }
  }

  /** As `run`, for work that is not one promise: call what it resolves with at the end, once. */
  async enter(path: string, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#users > 0 && this.#path !== path) await this.#wait(path, signal);
    else this.#begin(path);
    return () => this.#leave();
  }

  #begin(path: string): void {
    this.#path = path;
    this.#users += 1;
  }

  async #wait(path: string, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiter: Waiter = { path, enter: resolve };
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
    const entering = this.#waiting.filter(({ path }) => path === next.path);
    this.#waiting = this.#waiting.filter(({ path }) => path !== next.path);
    for (const waiter of entering) {
      this.#begin(waiter.path);
      waiter.enter();
    }
  }
}
