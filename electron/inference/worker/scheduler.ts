/** Interactive work goes first at every pause of background work. */
export type WorkPriority = 'interactive' | 'background';

/** The right to compute. Held by one piece of work at a time. */
export type ComputeTurn = {
  /**
   * Called between batches and tokens. Returns undefined at once when the work may go on; otherwise a promise that
   * resolves when its turn has come again. Throws, or rejects with, the reason of the aborted signal.
   */
  pause(): Promise<void> | undefined;
  /** Gives the right back. Safe to call twice. */
  leave(): void;
};

export type TurnRequest = {
  readonly priority: WorkPriority;
  readonly signal: AbortSignal;
  /** Called when the work starts to wait and when it may run (again). */
  readonly onWaiting?: (isWaiting: boolean) => void;
};

type Entry = TurnRequest & { wake: () => void };

/** Milliseconds after which work lets waiting work of its own priority in. */
const sliceMs = 400;

/**
 * Hands the processor to one piece of work at a time: two computations at once would fight for the same cores, where
 * threads spin while they wait. Interactive before background; work of the same priority takes turns in slices.
 */
export class ComputeScheduler {
  readonly #nowMs: () => number;
  #running: Entry | null = null;
  #runningSinceMs = 0;
  #waiting: Entry[] = [];

  /** `nowMs` never goes back. */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Resolves with the right to compute; rejects with the signal's reason when it is aborted first. */
  async enter(request: TurnRequest): Promise<ComputeTurn> {
    const entry: Entry = { ...request, wake: () => undefined };
    await this.#wait(entry);
    return {
      pause: () => this.#pause(entry),
      leave: () => this.#leave(entry),
    };
  }

  #pause(entry: Entry): Promise<void> | undefined {
    entry.signal.throwIfAborted();
    if (this.#running !== entry) throw new Error('paused without holding the turn');
    if (!this.#mustYield(entry)) return undefined;
    this.#running = null;
    return this.#wait(entry);
  }

  #mustYield(entry: Entry): boolean {
    const rivals = this.#waiting.filter((other) => rank(other) <= rank(entry));
    if (rivals.some((other) => rank(other) < rank(entry))) return true;
    return rivals.length > 0 && this.#nowMs() - this.#runningSinceMs >= sliceMs;
  }

  async #wait(entry: Entry): Promise<void> {
    entry.signal.throwIfAborted();
    if (this.#running === null && this.#waiting.length === 0) {
      this.#start(entry);
      return;
    }
    entry.onWaiting?.(true);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    entry.wake = resolve;
    this.#waiting.push(entry);
    const onAbort = (): void => {
      this.#waiting = this.#waiting.filter((other) => other !== entry);
      reject(entry.signal.reason);
    };
    entry.signal.addEventListener('abort', onAbort, { once: true });
    this.#next();
    try {
      await promise;
    } finally {
      entry.signal.removeEventListener('abort', onAbort);
    }
    entry.onWaiting?.(false);
    // Aborted between being chosen and running: whoever asked would not release a turn that it was never given.
    if (entry.signal.aborted) {
      this.#leave(entry);
      entry.signal.throwIfAborted();
    }
  }

  #leave(entry: Entry): void {
    if (this.#running !== entry) return;
    this.#running = null;
    this.#next();
  }

  #next(): void {
    if (this.#running !== null) return;
    const chosen = this.#waiting.reduce<Entry | null>(
      (best, entry) => (best === null || rank(entry) < rank(best) ? entry : best),
      null,
    );
    if (chosen === null) return;
    this.#waiting = this.#waiting.filter((entry) => entry !== chosen);
    this.#start(chosen);
    chosen.wake();
  }

  #start(entry: Entry): void {
    this.#running = entry;
    this.#runningSinceMs = this.#nowMs();
  }
}

function rank(entry: { readonly priority: WorkPriority }): number {
  return entry.priority === 'interactive' ? 0 : 1;
}
