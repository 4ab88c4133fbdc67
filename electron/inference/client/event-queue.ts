/** Hands pushed values to one reader in order. */
export class EventQueue<Value> {
  readonly #values: Value[] = [];
  #wake: (() => void) | null = null;
  #end: { readonly error: unknown } | 'ended' | null = null;

  push(value: Value): void {
    if (this.#end !== null) return;
    this.#values.push(value);
    this.#wake?.();
  }

  /** No more values follow; the reader ends after those that are there. */
  end(): void {
    this.#end ??= 'ended';
    this.#wake?.();
  }

  /** The reader gets the values that are there, then the error. */
  fail(error: unknown): void {
    this.#end ??= { error };
    this.#wake?.();
  }

  async *read(): AsyncGenerator<Value, void> {
    for (;;) {
      const values = this.#values.splice(0);
      yield* values;
      if (this.#values.length > 0) continue;
      if (this.#end === 'ended') return;
      if (this.#end !== null) throw this.#end.error;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await promise;
      this.#wake = null;
    }
  }
}
