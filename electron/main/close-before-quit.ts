import { app } from 'electron';
import type { App } from '../app/app.ts';
import type { Logger } from '../platform/logger.ts';

/** Long enough to store a partial answer and end three processes; a part that hangs must not keep the window's ghost. */
const closeTimeoutMs = 8_000;

/** What ends when Electron is asked to. */
export type QuitParts = {
  readonly opening: Promise<App>;
  /** Ends what a person sees, first: windows, tray, shortcuts. */
  readonly closeShell: () => Promise<void>;
  readonly logger: Logger;
};

/**
 * Lets Electron end only when the app behind the windows has: partial answers stored, processes gone, folder given back. Returns
 * whether that has begun.
 */
export function closeBeforeQuit({ opening, closeShell, logger }: QuitParts): () => boolean {
  let hasBegun = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (hasBegun) return;
    hasBegun = true;
    const timer = setTimeout(() => {
      logger.error('close-timed-out', { timeoutMs: closeTimeoutMs });
      app.exit(1);
    }, closeTimeoutMs);
    void closeAll({ opening, closeShell, logger }).finally(() => {
      clearTimeout(timer);
      app.exit(0);
    });
  });
  return () => hasBegun;
}

async function closeAll({ opening, closeShell, logger }: QuitParts): Promise<void> {
  try {
    await closeShell();
  } catch (error) {
    // A tray that cannot be taken away must not cost an answer.
    logger.warn('shell-not-closed', { message: error instanceof Error ? error.message : String(error) });
  }
  // What never opened has nothing to close; that was reported when it failed.
  await opening.then(async (opened) => await opened.close()).catch(() => undefined);
}
