import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';

/** How long a person waits for quick-ask. */
export interface QuickAskTiming {
  /** The keys of the shortcut were pressed. */
  pressed(): void;
  /** The window is on the screen; counts only after `pressed`. */
  shown(): void;
  /** It did not come, such as while the chats are locked. */
  dropped(): void;
}

/**
 * Writes a line `quick-ask-shown` with `elapsedMs` for each time, from which the bench reads: milliseconds with two decimals,
 * and `isWarm: false` when the window had to be made first.
 */
export function createQuickAskTiming(clock: Clock, logger: Logger, isWarm: () => boolean): QuickAskTiming {
  let pressed: { readonly atMs: number; readonly isWarm: boolean } | null = null;
  return {
    pressed() {
      pressed = { atMs: clock.monotonicMs(), isWarm: isWarm() };
    },
    shown() {
      if (pressed === null) return;
      const elapsedMs = Math.round((clock.monotonicMs() - pressed.atMs) * 100) / 100;
      logger.info('quick-ask-shown', { elapsedMs, isWarm: pressed.isWarm });
      pressed = null;
    },
    dropped() {
      pressed = null;
    },
  };
}
