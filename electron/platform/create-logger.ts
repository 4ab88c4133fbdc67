import type { Clock } from './clock.ts';
import type { LogFields, Logger } from './logger.ts';
import { createRedaction } from './redact.ts';

/** From the chattiest to the gravest. */
export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What `createLogger` needs. */
export type LoggerOptions = {
  readonly clock: Clock;
  /** The user's home folder, which no line shows. */
  readonly homeFolder: string;
  /** Lines below this level are not written. */
  readonly minimumLevel: LogLevel;
  /** Takes one line with its line end. */
  readonly write: (line: string) => void;
};

/** Writes one JSON object a line: `at` (ISO 8601), `level`, `event`, then the redacted fields. */
export function createLogger({ clock, homeFolder, minimumLevel, write }: LoggerOptions): Logger {
  const redact = createRedaction(homeFolder);
  const at =
    (level: LogLevel) =>
    (event: string, fields: LogFields = {}): void => {
      if (logLevels.indexOf(level) < logLevels.indexOf(minimumLevel)) return;
      const head = { at: new Date(clock.now()).toISOString(), level, event };
      write(`${JSON.stringify({ ...head, ...redact(fields), ...head })}\n`);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
