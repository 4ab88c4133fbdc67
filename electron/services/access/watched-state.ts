import type { AccessState } from '../../shared/access.ts';

/** A state that others watch. */
export class WatchedState {
  readonly #listeners = new Set<() => void>();
  readonly #over = new AbortController();
  #state: AccessState;

  constructor(state: AccessState) {
    this.#state = state;
  }

  get current(): AccessState {
    return this.#state;
  }

  set(state: AccessState): void {
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Yields now and on every change, none left out: who saw it open must see that it was closed between. */
  async *watch(signal: AbortSignal): AsyncGenerator<AccessState, void, void> {
    const leaving = AbortSignal.any([signal, this.#over.signal]);
    const waiting: AccessState[] = [this.#state];
    let wake = (): void => undefined;
    const unsubscribe = this.onChange(() => {
      waiting.push(this.#state);
      wake();
    });
    leaving.addEventListener('abort', () => wake(), { once: true });
    try {
      while (!leaving.aborted) {
        const next = waiting.shift();
        if (next === undefined) await new Promise<void>((resolve) => (wake = resolve));
        else yield next;
      }
    } finally {
      unsubscribe();
    }
  }

  /** Ends every watching. */
  end(): void {
    this.#over.abort();
  }
}
