import { ExclusiveLock } from './exclusive-lock.ts';

type Occupied<Model> = {
  readonly model: Model;
  readonly leases: Map<AbortController, Promise<void>>;
};

/**
 * Holds one model. Freeing a model while a computation runs on it ends the process natively, so work borrows it with a
 * lease, and taking the model away first aborts the leases and waits for them.
 */
export class ModelSlot<Model extends { dispose(): Promise<void> }> {
  readonly #changing = new ExclusiveLock();
  #occupied: Occupied<Model> | null = null;

  /** The model, for work that computes nothing and does not wait. */
  get model(): Model | null {
    return this.#occupied?.model ?? null;
  }

  /** Runs `work` with the model; `signal` is also aborted when the model is taken away. `missing` makes the error for an empty slot. */
  async borrow<T>(
    signal: AbortSignal,
    missing: () => Error,
    work: (model: Model, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const occupied = this.#occupied;
    if (occupied === null) throw missing();
    const takenAway = new AbortController();
    const { promise: returned, resolve: giveBack } = Promise.withResolvers<void>();
    occupied.leases.set(takenAway, returned);
    try {
      return await work(occupied.model, AbortSignal.any([signal, takenAway.signal]));
    } finally {
      occupied.leases.delete(takenAway);
      giveBack();
    }
  }

  /** Puts a model in, unless the one inside will do; the one inside is freed first, because both may not fit. */
  async fill(signal: AbortSignal, willDo: (model: Model) => boolean, load: () => Promise<Model>): Promise<Model> {
    return this.#changing.run(signal, async () => {
      const inside = this.#occupied?.model;
      if (inside !== undefined && willDo(inside)) return inside;
      await this.#clear();
      const model = await load();
      this.#occupied = { model, leases: new Map() };
      return model;
    });
  }

  /** Frees the model, once the work on it has ended. */
  async empty(signal: AbortSignal): Promise<void> {
    await this.#changing.run(signal, async () => this.#clear());
  }

  async #clear(): Promise<void> {
    const occupied = this.#occupied;
    if (occupied === null) return;
    this.#occupied = null;
    for (const takenAway of occupied.leases.keys()) takenAway.abort();
    await Promise.all(occupied.leases.values());
    await occupied.model.dispose();
  }
}
