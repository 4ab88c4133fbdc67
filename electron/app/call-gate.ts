/** Lets calls through side by side, and stops them while something needs to be alone. */
export type CallGate = {
  /** Waits while the gate is closed, then runs `work`. */
  pass<Result>(work: () => Result | Promise<Result>): Promise<Result>;
  /** Closes the gate, waits for those inside, runs `work` alone, and opens the gate however it ended. */
  closeDuring<Result>(work: () => Promise<Result>): Promise<Result>;
};

/** An open gate. */
export function createCallGate(): CallGate {
  let closed: Promise<void> | null = null;
  const inside = new Set<Promise<void>>();
  return {
    async pass(work) {
      while (closed !== null) await closed;
      const { promise: left, resolve: leave } = Promise.withResolvers<void>();
      inside.add(left);
      try {
        return await work();
      } finally {
        inside.delete(left);
        leave();
      }
    },
    async closeDuring(work) {
      while (closed !== null) await closed;
      const { promise, resolve: open } = Promise.withResolvers<void>();
      closed = promise;
      try {
        await Promise.all(inside);
        return await work();
      } finally {
        closed = null;
        open();
      }
    },
  };
}
