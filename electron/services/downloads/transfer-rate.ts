/** What lies further back says nothing about now, in milliseconds. */
const windowMs = 5_000;

/** Bytes a second over the last seconds. */
export class TransferRate {
  #samples: readonly { readonly atMs: number; readonly bytes: number }[] = [];

  /** `bytes` is how many there are by now. */
  note(atMs: number, bytes: number): void {
    const last = this.#samples.at(-1);
    // Begun anew: what was before belongs to another file.
    if (last !== undefined && bytes < last.bytes) this.#samples = [];
    if (last !== undefined && atMs - last.atMs < 100 && this.#samples.length > 1) return;
    const fresh = this.#samples.filter((sample) => atMs - sample.atMs <= windowMs);
    this.#samples = [...fresh, { atMs, bytes }];
  }

  clear(): void {
    this.#samples = [];
  }

  /** Null until there is enough to tell. */
  bytesPerSecond(nowMs: number): number | null {
    const fresh = this.#samples.filter((sample) => nowMs - sample.atMs <= windowMs);
    const [first, last] = [fresh[0], fresh.at(-1)];
    if (first === undefined || last === undefined || last.atMs - first.atMs < 500) return null;
    return ((last.bytes - first.bytes) / (nowMs - first.atMs)) * 1_000;
  }
}
