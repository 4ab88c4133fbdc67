import type { FrontApp } from '../../shared/desktop.ts';

/** What decides how far the app in front can be reached. */
export type FrontAppSystem = {
  readonly operatingSystem: NodeJS.Platform;
  /** Of the app's own process; tells which kind of desktop a Linux has. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The program that presses keys on X11, absolute; null where it is not installed. */
  readonly keyProgramPath: string | null;
};

/**
 * How what is selected is read: by pressing the keys for Copy, from X11's selection, or not at all, so that only what was
 * copied can be read.
 */
export type SelectionSource = 'copy-keys' | 'primary-selection' | 'none';

/** By the variables that every session manager sets; an X server inside Wayland sees only its own few windows. */
export function isWayland({ operatingSystem, environment }: FrontAppSystem): boolean {
  if (operatingSystem === 'darwin' || operatingSystem === 'win32') return false;
  return environment['XDG_SESSION_TYPE'] === 'wayland' || (environment['WAYLAND_DISPLAY'] ?? '') !== '';
}

/** Where the text comes from that is selected in the app in front. */
export function selectionSource(system: FrontAppSystem): SelectionSource {
  if (system.operatingSystem === 'darwin' || system.operatingSystem === 'win32') return 'copy-keys';
  return isWayland(system) ? 'none' : 'primary-selection';
}

/** What can be offered. A right that macOS asks for first is not known here: it is asked for with the first use. */
export function frontAppReach(system: FrontAppSystem): FrontApp {
  const { operatingSystem, keyProgramPath } = system;
  const pressesKeys =
    operatingSystem === 'darwin' || operatingSystem === 'win32' || (keyProgramPath !== null && !isWayland(system));
  return { reads: selectionSource(system) === 'none' ? 'clipboard' : 'selection', canPaste: pressesKeys };
}
