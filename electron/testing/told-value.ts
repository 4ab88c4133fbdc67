/** Something that is told now and whenever it changes, to any number of listeners. */
export interface ToldValue<Value> {
  tell(next: Value): void;
  watch(signal: AbortSignal): AsyncGenerator<Value, void, void>;
}

/** Begins with `first`; what is told while nobody listens is replaced by what comes after it. */
export function createToldValue<Value>(first: Value): ToldValue<Value> {
  let value = first;
  let change = Promise.withResolvers<void>();
  return {
    tell: (next) => {
      value = next;
      change.resolve();
      change = Promise.withResolvers();
    },
    async *watch(signal) {
      const left = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      while (!signal.aborted) {
        // Taken before the telling, so that a change meanwhile is not missed.
        const changed = change.promise;
        yield value;
        await Promise.race([changed, left]);
      }
    },
  };
}
