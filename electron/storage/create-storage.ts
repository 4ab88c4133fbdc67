import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { createRepositories } from './create-repositories.ts';
import { StorageConnection } from './storage-connection.ts';
import type { Storage, StorageLocation } from './storage.ts';

/** What `createStorage` needs. */
export type StorageOptions = {
  readonly location: StorageLocation;
  /** Absolute path of the worker's entry: `storage-worker.js` beside the built doors, `worker/index.ts` in tests. */
  readonly workerPath: string;
  readonly clock: Clock;
  readonly logger: Logger;
};

/**
 * Starts the worker thread and opens the database. Throws AppError `storage/newer-version`, `storage/corrupt`, or
 * `storage/unavailable` when the thread cannot start. Later calls throw `storage/unavailable` when the thread is gone,
 * `app/not-found` for a change to what is not there, and `app/invalid-input` for what the database's rules refuse.
 */
export async function createStorage({ location, workerPath, clock, logger }: StorageOptions): Promise<Storage> {
  const connection = new StorageConnection(workerPath, { location }, logger);
  await connection.opened();
  return { ...createRepositories(connection, clock), close: () => connection.close() };
}
