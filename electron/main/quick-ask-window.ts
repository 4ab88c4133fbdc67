import type { BrowserWindow, Screen } from 'electron';
import { isMadeAnewAtOnce, wayToHide } from '../guards/quick-ask-focus.ts';
import {
  quickAskAfterDisplayChange,
  quickAskGrown,
  quickAskPlace,
  quickAskStartHeightPixels,
  type Area,
} from '../guards/quick-ask-place.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';

/** Between displays of different scale, Windows comes closer to a wanted place with each time. */
const placeTries = 3;
/** Above menus' bars and other floating windows, below the menus and word lists that belong to typing. */
const windowLevel = 'status';

/** What the window needs. */
export type QuickAskWindowParts = {
  /** Makes the window hidden, at a place. */
  readonly makeWindow: (place: Area) => BrowserWindow;
  readonly screen: Screen;
  readonly operatingSystem: NodeJS.Platform;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly hasOtherVisibleWindow: (own: BrowserWindow) => boolean;
  /** Hides the whole app, where the system gives focus back only so. */
  readonly hideApp: () => void;
  /** Ends `hideApp`; nothing comes into sight by itself. */
  readonly unhideApp: () => void;
  /** The system has put it on the screen. */
  readonly onDrawn: () => void;
  /** Each time that it comes to the front for a new question. */
  readonly onShown: () => void;
};

/** The small window for a question of the moment: loaded and hidden until it is wanted, and made anew when its page dies. */
export interface QuickAskWindow {
  readonly isVisible: boolean;
  readonly isFocused: boolean;
  /** Loaded and hidden, so that it can be shown at once. */
  readonly isPrepared: boolean;
  owns(window: BrowserWindow): boolean;
  /** Loads it, hidden, unless it is there. */
  prepare(): void;
  /** On the display with the cursor, above everything, with the keys; makes the window first where there is none. */
  show(): void;
  /** Gives the focus back. */
  hide(): void;
  setHeight(heightPixels: number): void;
  /** Hides it for a moment, so that the app before it has the keys. */
  stepAside(): void;
  /** Ends `stepAside`: as it was, without a new question. */
  comeBack(): void;
  /** Ends the window; it does not come again. */
  close(): void;
}

/** Only after Electron is ready; there is no window before `prepare` or `show`. */
export function createQuickAskWindow(parts: QuickAskWindowParts): QuickAskWindow {
  const { screen, logger } = parts;
  let window: BrowserWindow | null = null;
  let isAside = false;
  let isClosed = false;
  let crashedAtMs: readonly number[] = [];

  function make(): BrowserWindow {
    const made = parts.makeWindow(placeNow(quickAskStartHeightPixels));
    window = made;
    made.setAlwaysOnTop(true, windowLevel);
    // The app stays one with a dock icon: otherwise macOS hides that for a moment each time.
    made.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true });
    made.on('show', parts.onDrawn);
    made.on('blur', () => {
      // The keys went to another window by themselves, so there is no focus to give back.
      if (made.isVisible() && !isAside) made.hide();
    });
    // Cmd+W and Alt+F4 put it away; only the app itself ends it.
    made.on('close', (event) => {
      if (isClosed) return;
      event.preventDefault();
      hide();
    });
    made.on('closed', () => {
      if (window === made) window = null;
    });
    made.webContents.on('render-process-gone', (_event, { reason }) => {
      if (window === made && reason !== 'clean-exit') replace(made, reason);
    });
    return made;
  }

  function replace(dead: BrowserWindow, reason: string): void {
    const nowMs = parts.clock.monotonicMs();
    const wasVisible = dead.isVisible();
    crashedAtMs = [...crashedAtMs, nowMs].slice(-10);
    logger.warn('quick-ask-page-gone', { reason });
    window = null;
    dead.destroy();
    if (isClosed || !isMadeAnewAtOnce(crashedAtMs, nowMs)) return;
    make();
    if (wasVisible) show();
  }

  function show(): void {
    if (isClosed) return;
    isAside = false;
    const shown = window ?? make();
    place(shown, placeNow(quickAskStartHeightPixels));
    bringForward(shown);
    parts.onShown();
  }

  function hide(): void {
    isAside = false;
    if (window?.isVisible() === true) giveFocusBack(window);
  }

  function giveFocusBack(shown: BrowserWindow): void {
    const way = wayToHide(parts.operatingSystem, parts.hasOtherVisibleWindow(shown));
    shown.hide();
    if (way === 'app') parts.hideApp();
  }

  function bringForward(shown: BrowserWindow): void {
    // A window of a hidden app stays hidden whatever it is told.
    if (parts.operatingSystem === 'darwin') parts.unhideApp();
    shown.show();
    shown.focus();
    shown.webContents.focus();
  }

  function placeNow(heightPixels: number): Area {
    return quickAskPlace(screen.getCursorScreenPoint(), screen.getAllDisplays(), heightPixels);
  }

  function onDisplays(): void {
    if (window?.isVisible() !== true) return;
    const bounds = window.getBounds();
    const moved = quickAskAfterDisplayChange(bounds, screen.getAllDisplays());
    if (moved !== bounds) place(window, moved);
  }
  const displays = followDisplays(screen, onDisplays);

  return {
    get isVisible() {
      return window?.isVisible() ?? false;
    },
    get isFocused() {
      return window?.isFocused() ?? false;
    },
    get isPrepared() {
      return window !== null && !window.webContents.isLoading();
    },
    owns: (other) => other === window,
    prepare() {
      if (window === null && !isClosed) make();
    },
    show,
    hide,
    setHeight(heightPixels) {
      if (window !== null) place(window, quickAskGrown(window.getBounds(), screen.getAllDisplays(), heightPixels));
    },
    stepAside() {
      if (window?.isVisible() !== true) return;
      isAside = true;
      giveFocusBack(window);
    },
    comeBack() {
      if (!isAside || window === null) return;
      isAside = false;
      bringForward(window);
    },
    close() {
      isClosed = true;
      displays.close();
      window?.destroy();
      window = null;
    },
  };
}

function place(window: BrowserWindow, wanted: Area): void {
  for (let tries = 0; tries < placeTries && !isAt(window.getBounds(), wanted); tries += 1) window.setBounds(wanted);
}

function isAt(bounds: Area, wanted: Area): boolean {
  return (
    bounds.x === wanted.x && bounds.y === wanted.y && bounds.width === wanted.width && bounds.height === wanted.height
  );
}

function followDisplays(screen: Screen, onChange: () => void): { close(): void } {
  screen.on('display-added', onChange);
  screen.on('display-removed', onChange);
  screen.on('display-metrics-changed', onChange);
  return {
    close() {
      screen.off('display-added', onChange);
      screen.off('display-removed', onChange);
      screen.off('display-metrics-changed', onChange);
    },
  };
}
