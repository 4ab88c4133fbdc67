import type { ModelSlot } from '../engine.ts';

/** Counts the work that runs or waits on each slot. */
export class SlotUse {
  readonly #counts = new Map<ModelSlot, number>();

  isBusy(slot: ModelSlot): boolean {
    return (this.#counts.get(slot) ?? 0) > 0;
  }

  /** True when nothing runs or waits anywhere. */
  get isIdle(): boolean {
    return [...this.#counts.values()].every((count) => count === 0);
  }

  /** Work begins; call what comes back at its end, once. */
  begin(slot: ModelSlot): () => void {
    this.#counts.set(slot, (this.#counts.get(slot) ?? 0) + 1);
    return () => {
      this.#counts.set(slot, (this.#counts.get(slot) ?? 1) - 1);
    };
  }
}
