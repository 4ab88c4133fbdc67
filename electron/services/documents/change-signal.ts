/** Tells waiting readers that something changed. */
export interface ChangeSignal {
  notify(): void;
  /** Resolves at the next change, or when the signal is aborted. */
  next(signal: AbortSignal): Promise<void>;
  /** Calls back at every change; returns the way to stop. */
  subscribe(listener: () => void): () => void;
}

/** A signal without listeners. */
export function createChangeSignal(): ChangeSignal {
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return {
    notify: () => {
      for (const listener of Array.from(listeners)) listener();
    },
    next: (signal) =>
      new Promise((resolve) => {
        const done = (): void => {
          stop();
          signal.removeEventListener('abort', done);
          resolve();
        };
        const stop = subscribe(done);
        if (signal.aborted) done();
        else signal.addEventListener('abort', done);
      }),
    subscribe,
  };
}
