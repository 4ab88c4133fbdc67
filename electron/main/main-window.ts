import type { BrowserWindow, Rectangle, Screen } from 'electron';
import { isMadeAnewAtOnce } from '../guards/quick-ask-focus.ts';
import { windowPlace } from '../guards/window-place.ts';
import type { WindowState, WindowStateWriter } from './window-state.ts';

/** After a move or a change of size has come to rest. */
const restMs = 400;

/** More than are ever counted together. */
const keptCrashes = 10;

/** What the main window needs. */
export type MainWindowParts = {
  /** Makes the window; it shows itself when it has painted, unless it starts hidden. */
  readonly makeWindow: (place: Partial<Rectangle>, startsHidden: boolean) => BrowserWindow;
  readonly screen: Screen;
  /** Where it was when the app was used last. */
  readonly lastState: WindowState | null;
  readonly states: WindowStateWriter;
  /** What its closing means now. */
  readonly closeWay: () => 'close' | 'hide' | 'quit';
  readonly quit: () => void;
  /** Milliseconds of a clock that only goes on. */
  readonly nowMs: () => number;
  /** Each time that it has painted for the first time, or is in the taskbar. */
  readonly onOpened: () => void;
};

/** The one window with the whole app in it. */
export interface MainWindow {
  readonly window: BrowserWindow | null;
  /** Brings it to the front, and makes it where there is none. */
  show(): void;
  /** Makes it as a mere button of the taskbar. */
  showMinimized(): void;
  /** Ends it; it does not come again. */
  close(): void;
}

/** Only after Electron is ready; there is no window before `show` or `showMinimized`. */
export function createMainWindow(parts: MainWindowParts): MainWindow {
  return new KeptMainWindow(parts);
}

class KeptMainWindow implements MainWindow {
  readonly #parts: MainWindowParts;
  readonly #keepInSight = (): void => this.#moveIntoSight();
  #window: BrowserWindow | null = null;
  #state: WindowState | null;
  #restTimer: NodeJS.Timeout | null = null;
  /** It shows itself when it has; before, it would flash. */
  #hasPainted = false;
  #crashedAtMs: readonly number[] = [];
  #isClosed = false;

  constructor(parts: MainWindowParts) {
    this.#parts = parts;
    this.#state = parts.lastState;
    parts.screen.on('display-removed', this.#keepInSight);
    parts.screen.on('display-metrics-changed', this.#keepInSight);
  }

  get window(): BrowserWindow | null {
    return this.#window;
  }

  show(): void {
    if (this.#isClosed) return;
    if (this.#window === null) return void this.#make(false);
    if (this.#window.isMinimized()) this.#window.restore();
    else if (!this.#hasPainted) return;
    this.#moveIntoSight();
    this.#window.show();
    this.#window.focus();
  }

  showMinimized(): void {
    if (this.#isClosed || this.#window !== null) return;
    this.#make(true).minimize();
    this.#parts.onOpened();
  }

  close(): void {
    this.#isClosed = true;
    const { screen } = this.#parts;
    screen.off('display-removed', this.#keepInSight);
    screen.off('display-metrics-changed', this.#keepInSight);
    if (this.#window !== null) this.#note(this.#window);
    this.#stopTimer();
    this.#window?.destroy();
    this.#window = null;
  }

  #make(startsHidden: boolean): BrowserWindow {
    const state = this.#state;
    const window = this.#parts.makeWindow(windowPlace(state?.bounds ?? null, this.#rooms()), startsHidden);
    this.#window = window;
    this.#hasPainted = false;
    window.once('ready-to-show', () => {
      this.#hasPainted = true;
      // Only now: both bring a hidden window into sight.
      if (state?.isMaximized === true && !startsHidden) window.maximize();
      if (state?.isFullScreen === true && !startsHidden) window.setFullScreen(true);
      if (!startsHidden) this.#parts.onOpened();
    });
    this.#follow(window);
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit') this.#loadAnew(window);
    });
    window.on('close', (event) => {
      this.#note(window);
      if (this.#isClosed || this.#parts.closeWay() !== 'hide') return;
      event.preventDefault();
      hide(window);
    });
    window.on('closed', () => {
      if (this.#window !== window) return;
      this.#stopTimer();
      this.#window = null;
      if (this.#parts.closeWay() === 'quit') this.#parts.quit();
    });
    return window;
  }

  #follow(window: BrowserWindow): void {
    const later = (): void => {
      this.#stopTimer();
      this.#restTimer = setTimeout(() => this.#note(window), restMs);
    };
    window.on('resize', later);
    window.on('move', later);
    window.on('maximize', later);
    window.on('unmaximize', later);
    window.on('enter-full-screen', later);
    window.on('leave-full-screen', later);
  }

  /** What a page streams goes on without it, and is there again; one that crashes at once is left, so that it does not go on so. */
  #loadAnew(window: BrowserWindow): void {
    const nowMs = this.#parts.nowMs();
    this.#crashedAtMs = [...this.#crashedAtMs, nowMs].slice(-keptCrashes);
    if (!window.isDestroyed() && isMadeAnewAtOnce(this.#crashedAtMs, nowMs)) window.webContents.reload();
  }

  #note(window: BrowserWindow): void {
    this.#stopTimer();
    if (window.isDestroyed()) return;
    const { x, y, width, height } = window.getNormalBounds();
    this.#state = {
      bounds: { x, y, width, height },
      isMaximized: window.isMaximized(),
      isFullScreen: window.isFullScreen(),
    };
    this.#parts.states.write(this.#state);
  }

  #moveIntoSight(): void {
    const window = this.#window;
    if (window === null || window.isMaximized() || window.isFullScreen() || window.isMinimized()) return;
    const bounds = window.getBounds();
    const place = { ...bounds, ...windowPlace(bounds, this.#rooms()) };
    // Where it can be taken hold of it stays as it is, even if it is larger than its display.
    if (place.x !== bounds.x || place.y !== bounds.y) window.setBounds(place);
  }

  #rooms(): readonly { readonly workArea: Rectangle }[] {
    const { screen } = this.#parts;
    const first = screen.getPrimaryDisplay();
    return [first, ...screen.getAllDisplays().filter(({ id }) => id !== first.id)];
  }

  #stopTimer(): void {
    if (this.#restTimer !== null) clearTimeout(this.#restTimer);
    this.#restTimer = null;
  }
}

/** A full screen that is hidden leaves an empty one behind on some systems. */
function hide(window: BrowserWindow): void {
  if (!window.isFullScreen()) return window.hide();
  window.once('leave-full-screen', () => window.hide());
  window.setFullScreen(false);
}
