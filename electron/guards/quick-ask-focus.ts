/** What the shortcut finds. */
export type ShortcutMoment = {
  readonly isVisible: boolean;
  readonly isFocused: boolean;
  /** The chats are closed, or not open yet. */
  readonly isLocked: boolean;
};

/** `unlock`: the main window comes forward, where the chats can be opened. */
export type ShortcutStep = 'show' | 'hide' | 'unlock';

/** What a press of the shortcut does: it takes the window away again only where the keys reach it. */
export function stepForShortcut({ isVisible, isFocused, isLocked }: ShortcutMoment): ShortcutStep {
  if (isVisible && isFocused) return 'hide';
  return isLocked ? 'unlock' : 'show';
}

/**
 * How quick-ask goes away so that the app before it has the keys again. Windows and Linux pass them on by themselves; macOS
 * does so only when the whole app hides, which must not take a window along that a person looks at.
 */
export function wayToHide(operatingSystem: NodeJS.Platform, hasOtherVisibleWindow: boolean): 'app' | 'window' {
  return operatingSystem === 'darwin' && !hasOtherVisibleWindow ? 'app' : 'window';
}

/** Crashes of the page within this time count together. */
const crashWindowMs = 60_000;
/** A page that crashes as often as this is made anew only when it is asked for again. */
const crashLimit = 3;

/**
 * Whether a page that crashed is made anew at once.
 *
 * @param crashedAtMs when it crashed so far, this time included, in milliseconds of one clock
 */
export function isMadeAnewAtOnce(crashedAtMs: readonly number[], nowMs: number): boolean {
  return crashedAtMs.filter((atMs) => nowMs - atMs < crashWindowMs).length < crashLimit;
}
