import { AppError } from '../../shared/app-error.ts';

/** Runs one piece of work after the other. */
export type CallQueue = {
  /** Throws what the work throws, and `app/closing` once the queue is closed. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Takes nothing any more; resolves when what was taken is done. */
  close(): Promise<void>;
};

/** An empty queue. */
export function createCallQueue(): CallQueue {
  let last: Promise<unknown> = Promise.resolve();
  let isClosed = false;
  return {
    async run(work) {
      if (isClosed) throw new AppError('app/closing', 'The app closes');
      const result = last.then(work);
      last = result.catch(() => undefined);
      return await result;
    },
    async close() {
      isClosed = true;
      await last;
    },
  };
}
