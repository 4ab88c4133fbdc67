import type { DesktopState } from '../../shared/desktop.ts';

/** What is said of a desktop that is not there, or that says nothing of itself. */
export const absentDesktopState: DesktopState = {
  shortcut: { accelerator: null, status: 'unavailable' },
  frontApp: { reads: 'none', canPaste: false },
  startsAtLogin: null,
  hasTray: false,
  canNotify: false,
};
