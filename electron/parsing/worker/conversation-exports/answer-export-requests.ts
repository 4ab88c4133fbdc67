import { AppError } from '../../../shared/app-error.ts';
import { exportRequestSchema } from '../../protocol/export-protocol.ts';
import type { ExportEvent } from '../../protocol/export-protocol.ts';
import { exportLimits } from './export-limits.ts';
import type { ExportLimits } from './export-limits.ts';
import { readExport } from './read-export.ts';

/** Answers the requests about exports, an event each. */
export function createExportAnswerer(send: (event: ExportEvent) => Promise<void>, limits: ExportLimits = exportLimits) {
  let events: AsyncGenerator<ExportEvent, void, void> | null = null;

  const next = async (): Promise<ExportEvent> => {
    try {
      const result = await events?.next();
      return result?.value ?? { type: 'export-end' };
    } catch (error) {
      return { type: 'export-error', error: AppError.from(error).toData() };
    }
  };

  return {
    /** False for a message that is no such request. */
    accept(message: unknown): boolean {
      const request = exportRequestSchema.safeParse(message);
      if (!request.success) return false;
      if (request.data.type === 'read-export') events = readExport(request.data.file, limits);
      void next().then(send);
      return true;
    },
    /** Lets go of the file. */
    async stop(): Promise<void> {
      await events?.return();
    },
  };
}
