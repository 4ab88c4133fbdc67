import type { Storage, StorageLocation } from '../storage/storage.ts';
import { createCallGate } from './call-gate.ts';

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
  const gate = createCallGate();

  /** A repository whose every method is called on the database of the moment. */
  const repository = <Name extends Exclude<keyof Storage, 'opened' | 'close'>>(name: Name): Storage[Name] =>
    new Proxy(first[name], {
      get: (target, method) => {
        if (typeof Reflect.get(target, method) !== 'function') return undefined;
        return async (...values: readonly unknown[]): Promise<unknown> =>
          await gate.pass(() => callMethod(current[name], method, values));
      },
    });

  const move: MovableStorage['move'] = async (to, commit) => {
    await gate.closeDuring(async () => {
      const next = await copyStorage(current, to);
      try {
        await commit();
      } catch (error) {
        await next.close();
        throw error;
      }
      const last = current;
      current = next;
      // It counts no more, so nothing is lost by one that does not close.
      await last.close().catch(() => undefined);
    });
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
    collections: repository('collections'),
    libraryFiles: repository('libraryFiles'),
    passages: repository('passages'),
    summaries: repository('summaries'),
    settings: repository('settings'),
    ledger: repository('ledger'),
    labels: repository('labels'),
    savedStates: repository('savedStates'),
    remotes: repository('remotes'),
    secrets: repository('secrets'),
    usage: repository('usage'),
    maintenance: repository('maintenance'),
    close: async () => await gate.closeDuring(async () => await current.close()),
  };
  return { storage, move };
}

function callMethod(repository: object, method: string | symbol, values: readonly unknown[]): unknown {
  const operation: unknown = Reflect.get(repository, method);
  if (typeof operation !== 'function') throw new TypeError(`No such operation: ${String(method)}`);
  return Reflect.apply(operation, repository, values);
}
