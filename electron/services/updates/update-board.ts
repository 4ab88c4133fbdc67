import type { Clock } from '../../platform/clock.ts';

const tellEveryMs = 200;

/** The state of the moment, and who is told of it. */
export class UpdateBoard<State extends { readonly phase: string }> {
  readonly #clock: Pick<Clock, 'delay'>;
  readonly #watchers = new Set<() => void>();
  #state: State;

  constructor(clock: Pick<Clock, 'delay'>, state: State) {
    this.#clock = clock;
    this.#state = state;
  }

  get state(): State {
    return this.#state;
  }

  set(change: Partial<State>): void {
    this.#change({ ...this.#state, ...change });
  }

  /** Goes on to a phase from any of these; nothing happens from another. */
  leave(phases: readonly State['phase'][], next: State['phase']): void {
    if (phases.includes(this.#state.phase)) this.#change({ ...this.#state, phase: next });
  }

  /** The state at once and after every change, at most five times a second, until the signal. */
  async *watch(signal: AbortSignal): AsyncGenerator<State, void, void> {
    while (!signal.aborted) {
      const changed = Promise.withResolvers<void>();
      const wake = (): void => changed.resolve();
      // Listened for before the state is read, so that a change meanwhile is not missed.
      this.#watchers.add(wake);
      signal.addEventListener('abort', wake, { once: true });
      try {
        yield this.#state;
        await changed.promise;
      } finally {
        this.#watchers.delete(wake);
        signal.removeEventListener('abort', wake);
      }
      await this.#clock.delay(tellEveryMs, signal).catch(() => undefined);
    }
  }

  #change(state: State): void {
    this.#state = state;
    for (const wake of this.#watchers) wake();
  }
}
