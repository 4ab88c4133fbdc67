import { AppError } from '../../../shared/app-error.ts';
import { exportRequestSchema } from '../../protocol/export-protocol.ts';
import type { ExportEvent } from '../../protocol/export-protocol.ts';
import { readExport } from './read-export.ts';

/** Answers the requests about exports, an event each; false for a message that is none. */
export function createExportAnswerer(send: (event: ExportEvent) => Promise<void>) {
  let events: AsyncGenerator<ExportEvent, void, void> | null = null;

  const next = async (): Promise<ExportEvent> => {
    try {
      const result = await events?.next();
      return result?.value ?? { type: 'export-end' };
    } catch (error) {
      return { type: 'export-error', error: AppError.from(error).toData() };
    }
  };

  return (message: unknown): boolean => {
    const request = exportRequestSchema.safeParse(message);
    if (!request.success) return false;
    if (request.data.type === 'read-export') events = readExport(request.data.path, request.data.name);
    void next().then(send);
    return true;
  };
}
