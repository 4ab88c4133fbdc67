import { app } from 'electron';
import { crashNote } from '../guards/crash-note.ts';
import type { Logger } from '../platform/logger.ts';

/**
 * Notes in the log which process ended, and how. No dump is written: one holds the memory of a process, and with it what
 * is encrypted everywhere else, so Electron's crash reporter is never started.
 */
export function noteCrashes(logger: Logger): void {
  app.on('render-process-gone', (_event, _contents, { reason, exitCode }) => note({ reason, exitCode }));
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => note({ type, reason, exitCode }));

  function note(details: Parameters<typeof crashNote>[0]): void {
    const kept = crashNote(details);
    if (kept !== null) logger.error('process-gone', kept);
  }
}
