import type { Storage, StorageLocation } from '../storage/storage.ts';

/** A storage whose database can move while those who use it hold on to it. */
export type MovableStorage = {
  /** The same for ever; its calls wait while the database moves. */
  readonly storage: Storage;
  /**
   * Opens `to` with a copy of everything, lets `commit` say that the copy counts, and goes on there. When anything throws,
   * the database stays where it was; what had been made at `to` is the caller's to remove.
   */
  move(to: StorageLocation, commit: () => Promise<void>): Promise<void>;
};

/** How a copy of a database comes to be at another place, opened. */
export type CopyStorage = (from: Storage, to: StorageLocation) => Promise<Storage>;

/** Makes `first` movable. */
export function createMovableStorage(first: Storage, copyStorage: CopyStorage): MovableStorage {
  let current = first;
  let moving: Promise<void> | null = null;
  const running = new Set<Promise<unknown>>();

  const call = async (work: () => unknown): Promise<unknown> => {
    while (moving !== null) await moving;
    const result = Promise.resolve(work());
    const ended = result.then(
      () => undefined,
      () => undefined,
    );
    running.add(ended);
    void ended.then(() => running.delete(ended));
    return await result;
  };

  /** A repository whose every method is called on the database of the moment. */
  const repository = <Name extends Exclude<keyof Storage, 'opened' | 'close'>>(name: Name): Storage[Name] =>
    new Proxy(first[name], {
      get: (target, method) => {
        if (typeof Reflect.get(target, method) !== 'function') return undefined;
        return async (...values: readonly unknown[]): Promise<unknown> =>
          await call(() => callMethod(current[name], method, values));
      },
    });

  const move: MovableStorage['move'] = async (to, commit) => {
    while (moving !== null) await moving;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    moving = promise.then(() => undefined);
    try {
      await Promise.all(running);
      const next = await copyStorage(current, to);
      try {
        await commit();
      } catch (error) {
        await next.close();
        throw error;
      }
      const last = current;
      current = next;
      await last.close();
    } finally {
      moving = null;
      resolve(undefined);
    }
  };

  const storage: Storage = {
    get opened() {
      return current.opened;
    },
    conversations: repository('conversations'),
    folders: repository('folders'),
    presets: repository('presets'),
    drafts: repository('drafts'),
    messages: repository('messages'),
    documents: repository('documents'),
    passages: repository('passages'),
    summaries: repository('summaries'),
    settings: repository('settings'),
    ledger: repository('ledger'),
    maintenance: repository('maintenance'),
    close: async () => {
      while (moving !== null) await moving;
      await current.close();
    },
  };
  return { storage, move };
}

function callMethod(repository: object, method: string | symbol, values: readonly unknown[]): unknown {
  const operation: unknown = Reflect.get(repository, method);
  if (typeof operation !== 'function') throw new TypeError(`No such operation: ${String(method)}`);
  return Reflect.apply(operation, repository, values);
}
