import type { Desktop } from '../../platform/desktop.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';

/** The members that are told something and have nothing to answer. */
export type CarefulDesktop = Pick<
  Desktop,
  'setShortcut' | 'setStartsAtLogin' | 'setClosesToTray' | 'setLocksWithScreen' | 'showActivity' | 'notify'
>;

/**
 * A desktop whose failures end in the log: a system without a session bus, a tray that crashed or a login item that may not
 * be written is no reason for a chat to end.
 */
export function createCarefulDesktop(desktop: Desktop, logger: Logger): CarefulDesktop {
  const note = (call: string, error: unknown): void =>
    logger.warn('desktop-call-failed', { call, code: AppError.from(error).code });
  const tell = (call: string, work: () => void): void => {
    try {
      work();
    } catch (error) {
      note(call, error);
    }
  };
  const ask = async (call: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      note(call, error);
    }
  };
  return {
    setShortcut: async (accelerator) => await ask('setShortcut', async () => await desktop.setShortcut(accelerator)),
    setStartsAtLogin: async (isOn) => await ask('setStartsAtLogin', async () => await desktop.setStartsAtLogin(isOn)),
    setClosesToTray: (isOn) => tell('setClosesToTray', () => desktop.setClosesToTray(isOn)),
    setLocksWithScreen: (isOn) => tell('setLocksWithScreen', () => desktop.setLocksWithScreen(isOn)),
    showActivity: (activity) => tell('showActivity', () => desktop.showActivity(activity)),
    notify: (work) => tell('notify', () => desktop.notify(work)),
  };
}
