import { z } from 'zod';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { backupSchema, rescueReportSchema } from '../shared/access.ts';
import { runStorageTask } from './run-storage-task.ts';
import type { DamagedDatabase, DatabaseFile } from './storage.ts';

/** What `createDamagedDatabase` needs; see `StorageOptions`. */
export type DamagedDatabaseOptions = { readonly workerPath: string; readonly clock: Clock; readonly logger: Logger };

/** Work on the files of a database that `createStorage` refused with `storage/corrupt`. Nothing may have them open. */
export function createDamagedDatabase(
  file: DatabaseFile,
  { workerPath, clock, logger }: DamagedDatabaseOptions,
): DamagedDatabase {
  return {
    backups: async () => z.array(backupSchema).parse(await runStorageTask(workerPath, { task: 'list-backups', file })),
    inspect: async () => rescueReportSchema.parse(await runStorageTask(workerPath, { task: 'inspect', file })),
    restoreBackup: async (name) => {
      await runStorageTask(workerPath, { task: 'restore-backup', file, name, now: clock.now() });
      logger.info('backup-restored');
    },
    rescue: async () => {
      const output = await runStorageTask(workerPath, { task: 'rescue', file, now: clock.now() });
      const report = rescueReportSchema.parse(output);
      logger.info('database-rescued', report);
      return report;
    },
  };
}
