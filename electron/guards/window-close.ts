/** What closing the main window depends on. */
export type WindowCloseSituation = {
  readonly operatingSystem: NodeJS.Platform;
  readonly isQuitting: boolean;
  /** The setting. */
  readonly closesToTray: boolean;
  /** There is an icon by which the window comes back. */
  readonly hasTray: boolean;
};

/**
 * `close` ends the window, `hide` only hides it, `quit` ends the app with it. Nobody is left with an app that runs and has no
 * icon; on macOS the dock has one always, and a closed window does not end an app there.
 */
export function decideWindowClose(situation: WindowCloseSituation): 'close' | 'hide' | 'quit' {
  const { operatingSystem, isQuitting, closesToTray, hasTray } = situation;
  if (isQuitting || operatingSystem === 'darwin') return 'close';
  return closesToTray && hasTray ? 'hide' : 'quit';
}

/** How the window begins: not at all, minimised where there is no icon to open it by, or shown. */
export function decideWindowStart(situation: {
  readonly operatingSystem: NodeJS.Platform;
  /** The session started the app. */
  readonly isHidden: boolean;
  readonly hasTray: boolean;
}): 'none' | 'minimized' | 'shown' {
  if (!situation.isHidden) return 'shown';
  return situation.operatingSystem === 'darwin' || situation.hasTray ? 'none' : 'minimized';
}
