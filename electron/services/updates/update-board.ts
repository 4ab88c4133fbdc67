import type { Clock } from '../../platform/clock.ts';
import type { UpdateState } from '../../shared/update.ts';

const tellEveryMs = 200;

/** The state of the moment, and who is told of it. */
export class UpdateBoard {
  readonly #clock: Pick<Clock, 'delay'>;
  readonly #watchers = new Set<() => void>();
  #state: UpdateState = {
    phase: 'unavailable',
    offer: null,
    doneBytes: 0,
    checkedAt: null,
    isHeldBack: false,
    host: null,
    error: null,
  };

  constructor(clock: Pick<Clock, 'delay'>) {
    this.#clock = clock;
  }

  get state(): UpdateState {
    return this.#state;
  }

  set(change: Partial<UpdateState>): void {
    this.#state = { ...this.#state, ...change };
    for (const wake of this.#watchers) wake();
  }

  /** Goes on to a phase from any of these; nothing happens from another. */
  leave(phases: readonly UpdateState['phase'][], next: UpdateState['phase']): void {
    if (phases.includes(this.#state.phase)) this.set({ phase: next });
  }

  /** The state at once and after every change, at most five times a second, until the signal. */
  async *watch(signal: AbortSignal): AsyncGenerator<UpdateState, void, void> {
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
}
