/** Runs work after all that was handed in before it has ended, whichever way. */
export type InTurn = <Output>(work: () => Promise<Output>) => Promise<Output>;

/** A queue of its own: one piece of work after the other, each with its own result or error. */
export function createTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return async (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return await next;
  };
}
