/** A stream whose next value a test decides. */
export function changing<T>(first: T): { readonly stream: () => AsyncGenerator<T>; readonly set: (value: T) => void } {
  let current = first;
  let changed = Promise.withResolvers<void>();
  return {
    async *stream() {
      for (;;) {
        const next = changed.promise;
        yield current;
        await next;
      }
    },
    set(value) {
      current = value;
      changed.resolve();
      changed = Promise.withResolvers();
    },
  };
}
