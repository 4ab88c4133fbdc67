import type { LogFields, Logger } from '../platform/logger.ts';

/** A logger that keeps its lines for a test to read. */
export interface RecordingLogger extends Logger {
  readonly lines: readonly { readonly level: keyof Logger; readonly event: string; readonly fields: LogFields }[];
}

/** Keeps every line in memory and prints none. */
export function createRecordingLogger(): RecordingLogger {
  const lines: { level: keyof Logger; event: string; fields: LogFields }[] = [];
  const at =
    (level: keyof Logger) =>
    (event: string, fields: LogFields = {}): void => {
      lines.push({ level, event, fields });
    };
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
