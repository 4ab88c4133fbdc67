import type { Desktop } from '../../platform/desktop.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import type { EarlySettings } from '../../shared/settings.ts';
import type { AccessService } from '../access/access-service.ts';
import { createCarefulDesktop } from './careful-desktop.ts';

/** What the keeping of a desktop while no chats are open needs. */
export type HoldOptions = {
  readonly desktop: Desktop;
  readonly access: Pick<AccessService, 'watch'>;
  /** The settings that are known without open chats. */
  readonly early: () => Promise<EarlySettings>;
  readonly logger: Logger;
};

/**
 * Holds the desktop while the chats are closed, where the desktop service is not: it shows them locked and nothing else,
 * and at the first start the shortcut is there before anybody has unlocked anything. Until the signal; never rejects.
 */
export async function holdWhileClosed(
  { desktop, access, early, logger }: HoldOptions,
  signal: AbortSignal,
): Promise<void> {
  const careful = createCarefulDesktop(desktop, logger);
  let isPrepared = false;
  try {
    for await (const { state } of access.watch(signal)) {
      if (state === 'opening') continue;
      if (state === 'open') {
        // The service does it from here on; what it set stays while they are locked.
        isPrepared = true;
        continue;
      }
      // Nothing leaves while nobody could allow it.
      careful.showActivity({
        modelName: null,
        state: 'locked',
        isOffline: true,
        isIndexingPaused: false,
        progress: null,
      });
      if (isPrepared) continue;
      isPrepared = true;
      const { quickAskShortcut, closesToTray } = await early();
      careful.setClosesToTray(closesToTray);
      await careful.setShortcut(quickAskShortcut);
    }
  } catch (error) {
    if (!signal.aborted) logger.warn('desktop-not-held', { code: AppError.from(error).code });
  }
}
