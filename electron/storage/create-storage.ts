import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { createRepositories } from './create-repositories.ts';
import { StorageConnection } from './storage-connection.ts';
import type { DatabaseMaintenance, Storage, StorageLocation } from './storage.ts';

/** What `createStorage` needs. */
export type StorageOptions = {
  readonly location: StorageLocation;
  /** Absolute path of the worker's entry: `storage-worker.js` beside the built doors, `worker/index.ts` in tests. */
  readonly workerPath: string;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** In batches, so that other calls have their turn between them. */
async function purge(connection: StorageConnection, before: number): Promise<number> {
  let total = 0;
  for (;;) {
    const { removed, isDone } = await connection.call('maintenance.purge', before);
    total += removed;
    if (isDone) return total;
  }
}

/**
 * Starts the worker thread, checks the whole file and opens the database. Throws AppError `storage/wrong-key`,
 * `storage/corrupt`, `disk/not-writable`, `disk/full`, or `storage/unavailable` when the thread cannot start; nothing on
 * the disk is changed then. Later calls throw `storage/unavailable` when the thread is gone, `storage/read-only` for a
 * change to a database of a newer version, `app/not-found` for a change to what is not there, and `app/invalid-input` for
 * what the database's rules refuse.
 */
export async function createStorage({ location, workerPath, clock, logger }: StorageOptions): Promise<Storage> {
  const connection = new StorageConnection(workerPath, { task: 'serve', location, workerPath }, logger);
  const opened = await connection.opened();
  const maintenance: DatabaseMaintenance = {
    backUp: () => connection.backUp(),
    writeBack: () => connection.writeBack(),
    copyTo: (target) => connection.copyTo(target),
    purge: (before) => purge(connection, before),
  };
  return { ...createRepositories(connection, clock), opened, maintenance, close: () => connection.close() };
}
