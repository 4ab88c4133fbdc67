import type { ReadRequest } from './document-reader.ts';
import type { ExportStep } from './protocol/export-protocol.ts';

/**
 * Reads exports of conversations, Sotto's own and other programs', in a process of its own for each. The whole file is
 * checked before the first step, so a damaged one gives none. Steps are read only as fast as they are taken.
 */
export interface ExportReader {
  /**
   * Throws AppError: `file/*` when the file cannot be read, `transfer/unknown-format`, `transfer/damaged`,
   * `transfer/too-large` (too many bytes, or more memory or time than the process has), and the signal's reason.
   */
  read(request: ReadRequest, signal: AbortSignal): AsyncIterable<readonly ExportStep[]>;
  close(): Promise<void>;
}
