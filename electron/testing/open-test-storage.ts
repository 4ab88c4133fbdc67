import { join } from 'node:path';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { createStorage } from '../storage/create-storage.ts';
import type { Storage, StorageLocation } from '../storage/storage.ts';
import { createFakeClock } from './fake-clock.ts';
import { createRecordingLogger } from './recording-logger.ts';

/** The storage worker's entry, as tests start it: in one file where the test runner made one, which starts faster. */
export const storageWorkerPath =
  process.env['SOTTO_TEST_STORAGE_WORKER'] ?? join(import.meta.dirname, '..', 'storage', 'worker', 'index.ts');

/** The real database, in memory unless told otherwise, behind its real worker thread. Close it, or the thread keeps running. */
export function openTestStorage(
  parts: { readonly clock?: Clock; readonly logger?: Logger; readonly location?: StorageLocation } = {},
): Promise<Storage> {
  const { clock = createFakeClock(), logger = createRecordingLogger(), location = { kind: 'memory' } } = parts;
  return createStorage({ location, workerPath: storageWorkerPath, clock, logger });
}
