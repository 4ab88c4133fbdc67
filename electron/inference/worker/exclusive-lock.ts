import { untilAborted } from '../../shared/until-aborted.ts';

/** Lets one holder in at a time, in the order of asking. */
export class ExclusiveLock {
  #tail: Promise<void> = Promise.resolve();
  #holders = 0;

  /** True while somebody holds the lock or waits for it. */
  get isBusy(): boolean {
    return this.#holders > 0;
  }

  /** Runs `work` alone. Rejects with the signal's reason, without running it, when aborted while waiting. */
  async run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const before = this.#tail;
    const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
    this.#tail = before.then(() => finished);
    this.#holders += 1;
    try {
      await untilAborted(before, signal);
      return await work();
    } finally {
      this.#holders -= 1;
      finish();
    }
  }
}
