import type { DesktopState } from '../../shared/desktop.ts';
import type { Settings } from '../../shared/settings.ts';
import type { CarefulDesktop } from './careful-desktop.ts';

/** What the desktop has to know of the settings. */
export type DesktopSettings = Pick<Settings, 'quickAskShortcut' | 'startsAtLogin' | 'closesToTray' | 'locksWithScreen'>;

/** One thing to tell the desktop. */
export type DesktopStep =
  | { readonly call: 'setShortcut'; readonly accelerator: string | null }
  | { readonly call: 'setStartsAtLogin' | 'setClosesToTray' | 'setLocksWithScreen'; readonly isOn: boolean };

/**
 * What a desktop has to be told so that it does what the settings say. `before` is what it was told last, null when nothing
 * yet: then what it says of itself counts, so that a shortcut that works is not taken away and registered again, and a
 * login item that stands is not written again.
 */
export function planDesktopSteps(
  wanted: DesktopSettings,
  before: DesktopSettings | null,
  state: DesktopState,
): readonly DesktopStep[] {
  const { quickAskShortcut: accelerator, startsAtLogin, closesToTray, locksWithScreen } = wanted;
  const hasShortcut =
    before === null
      ? state.shortcut.accelerator === accelerator && ['registered', 'off'].includes(state.shortcut.status)
      : before.quickAskShortcut === accelerator;
  // Who knows of no login item has none.
  const hasLoginItem = (before === null ? (state.startsAtLogin ?? false) : before.startsAtLogin) === startsAtLogin;
  return [
    ...(hasShortcut ? [] : [{ call: 'setShortcut', accelerator } as const]),
    ...(hasLoginItem ? [] : [{ call: 'setStartsAtLogin', isOn: startsAtLogin } as const]),
    ...(before?.closesToTray === closesToTray ? [] : [{ call: 'setClosesToTray', isOn: closesToTray } as const]),
    ...(before?.locksWithScreen === locksWithScreen
      ? []
      : [{ call: 'setLocksWithScreen', isOn: locksWithScreen } as const]),
  ];
}

/** Tells it. */
export async function takeDesktopStep(desktop: CarefulDesktop, step: DesktopStep): Promise<void> {
  switch (step.call) {
    case 'setShortcut':
      return await desktop.setShortcut(step.accelerator);
    case 'setStartsAtLogin':
      return await desktop.setStartsAtLogin(step.isOn);
    case 'setClosesToTray':
    case 'setLocksWithScreen':
      return desktop[step.call](step.isOn);
  }
}
