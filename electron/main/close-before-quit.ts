import { app } from 'electron';
import type { App } from '../app/app.ts';
import type { Logger } from '../platform/logger.ts';

/** Long enough to store a partial answer and end three processes; a part that hangs must not keep the window's ghost. */
const closeTimeoutMs = 8_000;

/** Lets Electron end only when the app behind the window has: partial answers stored, processes gone, folder given back. */
export function closeBeforeQuit(opening: Promise<App>, logger: Logger): void {
  let hasBegun = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (hasBegun) return;
    hasBegun = true;
    const timer = setTimeout(() => {
      logger.error('close-timed-out', { timeoutMs: closeTimeoutMs });
      app.exit(1);
    }, closeTimeoutMs);
    opening
      .then(async (opened) => await opened.close())
      // What never opened has nothing to close; that was reported when it failed.
      .catch(() => undefined)
      .finally(() => {
        clearTimeout(timer);
        app.exit(0);
      });
  });
}
