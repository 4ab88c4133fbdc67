import { join } from 'node:path';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { createStorage } from '../storage/create-storage.ts';
import type { Storage } from '../storage/storage.ts';
import { createFakeClock } from './fake-clock.ts';
import { createRecordingLogger } from './recording-logger.ts';

/** The real database in memory behind its real worker thread. Close it, or the thread keeps running. */
export function openTestStorage(parts: { readonly clock?: Clock; readonly logger?: Logger } = {}): Promise<Storage> {
  const { clock = createFakeClock(), logger = createRecordingLogger() } = parts;
  const workerPath = join(import.meta.dirname, '..', 'storage', 'worker', 'index.ts');
  return createStorage({ location: { kind: 'memory' }, workerPath, clock, logger });
}
