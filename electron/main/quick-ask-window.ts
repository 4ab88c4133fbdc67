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
/** More than are ever counted together. */
const keptCrashes = 10;
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
  return new KeptWindow(parts);
}

class KeptWindow implements QuickAskWindow {
  readonly #parts: QuickAskWindowParts;
  readonly #displays: { close(): void };
  #window: BrowserWindow | null = null;
  /** What the page told while it was hidden, when nothing was asked in it: shown with it, it does not grow at once. */
  #emptyHeightPixels = quickAskStartHeightPixels;
  #isAside = false;
  #isClosed = false;
  #crashedAtMs: readonly number[] = [];

  constructor(parts: QuickAskWindowParts) {
    this.#parts = parts;
    this.#displays = followDisplays(parts.screen, () => this.#keepInSight());
  }

  get isVisible(): boolean {
    return this.#window?.isVisible() ?? false;
  }

  get isFocused(): boolean {
    return this.#window?.isFocused() ?? false;
  }

  get isPrepared(): boolean {
    return this.#window !== null && !this.#window.webContents.isLoading();
  }

  owns(other: BrowserWindow): boolean {
    return other === this.#window;
  }

  prepare(): void {
    if (this.#window === null && !this.#isClosed) this.#make();
  }

  show(): void {
    if (this.#isClosed) return;
    this.#isAside = false;
    const window = this.#window ?? this.#make();
    place(window, this.#placeNow());
    // The page empties its field before the first key can reach it.
    this.#parts.onShown();
    this.#bringForward(window);
  }

  hide(): void {
    this.#isAside = false;
    if (this.#window?.isVisible() === true) this.#giveFocusBack(this.#window);
  }

  setHeight(heightPixels: number): void {
    if (this.#window === null) return;
    if (!this.#window.isVisible() && !this.#isAside) this.#emptyHeightPixels = heightPixels;
    place(this.#window, quickAskGrown(this.#window.getBounds(), this.#parts.screen.getAllDisplays(), heightPixels));
  }

  stepAside(): void {
    if (this.#window?.isVisible() !== true) return;
    this.#isAside = true;
    this.#giveFocusBack(this.#window);
  }

  comeBack(): void {
    if (!this.#isAside || this.#window === null) return;
    this.#isAside = false;
    this.#bringForward(this.#window);
  }

  close(): void {
    this.#isClosed = true;
    this.#displays.close();
    this.#window?.destroy();
    this.#window = null;
  }

  #make(): BrowserWindow {
    const window = this.#parts.makeWindow(this.#placeNow());
    this.#window = window;
    window.setAlwaysOnTop(true, windowLevel);
    // The app stays one with a dock icon: otherwise macOS hides that for a moment each time.
    window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true });
    window.on('show', this.#parts.onDrawn);
    window.on('blur', () => {
      // The keys went to another window by themselves, so there is no focus to give back.
      if (this.#window === window && window.isVisible() && !this.#isAside) window.hide();
    });
    // Cmd+W and Alt+F4 put it away; only the app itself ends it.
    window.on('close', (event) => {
      if (this.#isClosed) return;
      event.preventDefault();
      this.hide();
    });
    window.on('closed', () => {
      if (this.#window === window) this.#window = null;
    });
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (this.#window === window && reason !== 'clean-exit') this.#replace(window, reason);
    });
    window.on('unresponsive', () => {
      if (this.#window === window) this.#replace(window, 'unresponsive');
    });
    return window;
  }

  #replace(dead: BrowserWindow, reason: string): void {
    const nowMs = this.#parts.clock.monotonicMs();
    const wasVisible = dead.isVisible();
    this.#crashedAtMs = [...this.#crashedAtMs, nowMs].slice(-keptCrashes);
    this.#parts.logger.warn('quick-ask-page-gone', { reason });
    this.#window = null;
    dead.destroy();
    if (this.#isClosed || !isMadeAnewAtOnce(this.#crashedAtMs, nowMs)) return;
    this.#make();
    if (wasVisible) this.show();
  }

  #giveFocusBack(window: BrowserWindow): void {
    const way = wayToHide(this.#parts.operatingSystem, this.#parts.hasOtherVisibleWindow(window));
    window.hide();
    if (way === 'app') this.#parts.hideApp();
  }

  #bringForward(window: BrowserWindow): void {
    // A window of a hidden app stays hidden whatever it is told.
    if (this.#parts.operatingSystem === 'darwin') this.#parts.unhideApp();
    window.show();
    window.focus();
    window.webContents.focus();
  }

  #keepInSight(): void {
    if (this.#window?.isVisible() !== true) return;
    place(this.#window, quickAskAfterDisplayChange(this.#window.getBounds(), this.#parts.screen.getAllDisplays()));
  }

  #placeNow(): Area {
    const { screen } = this.#parts;
    return quickAskPlace(screen.getCursorScreenPoint(), screen.getAllDisplays(), this.#emptyHeightPixels);
  }
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
