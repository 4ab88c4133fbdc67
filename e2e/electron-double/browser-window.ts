import type Electron from 'electron';
import { addToDesk } from './desk.ts';
import type { PageTarget } from './page-target.ts';
import { createPreventableEvent } from './preventable-event.ts';
import { screen } from './screen.ts';
import { strictEmitter } from './strict.ts';
import { WebContentsDouble } from './web-contents.ts';
import { windowRegistry } from './window-registry.ts';

type WindowOptions = Electron.BrowserWindowConstructorOptions;

const defaultSize = { width: 800, height: 600 };

/** Options that the double follows, or may ignore because nothing draws a frame, an icon or a title bar. */
const knownOptions: ReadonlySet<string> = new Set<keyof WindowOptions>([
  'width',
  'height',
  'x',
  'y',
  'minWidth',
  'minHeight',
  'show',
  'title',
  'titleBarStyle',
  'titleBarOverlay',
  'trafficLightPosition',
  'backgroundColor',
  'icon',
  'autoHideMenuBar',
  'frame',
  'resizable',
  'minimizable',
  'maximizable',
  'fullscreenable',
  'skipTaskbar',
  'alwaysOnTop',
  'type',
  'webPreferences',
]);

/** The only values that a page of the double can run with. They are Electron's safe ones. */
const fixedPreferences: Readonly<Record<string, boolean>> = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
};
const freePreferences: ReadonlySet<string> = new Set<keyof Electron.WebPreferences>([
  'preload',
  'spellcheck',
  'backgroundThrottling',
  'devTools',
  'disableDialogs',
  'safeDialogs',
]);

function checkOptions(options: WindowOptions): void {
  for (const name of Object.keys(options)) {
    if (!knownOptions.has(name)) throw new Error(`BrowserWindow option ${name} is not part of the test double`);
  }
  for (const [name, value] of Object.entries(options.webPreferences ?? {})) {
    if (freePreferences.has(name) || fixedPreferences[name] === value) continue;
    throw new Error(`webPreferences.${name}: ${String(value)} is not part of the test double`);
  }
}

/** Electron's BrowserWindow, of which only the page is drawn. */
export class BrowserWindowDouble extends strictEmitter('BrowserWindow', [
  'ready-to-show',
  'show',
  'hide',
  'focus',
  'blur',
  'unresponsive',
  'resize',
  'move',
  'maximize',
  'unmaximize',
  'enter-full-screen',
  'leave-full-screen',
  'close',
  'closed',
]) {
  readonly id: number;
  readonly webContents: WebContentsDouble;
  readonly #page: PageTarget;
  readonly #minimumSize: { readonly width: number; readonly height: number };
  /** Of the window when it fills no display. */
  #bounds: Electron.Rectangle;
  #isVisible: boolean;
  #isMinimized = false;
  #isAlwaysOnTop: boolean;
  #isOnAllWorkspaces = false;
  #isMaximized = false;
  #progress = -1;
  #isFullScreen = false;

  constructor(options: WindowOptions = {}) {
    super();
    checkOptions(options);
    const { x = 0, y = 0, width = defaultSize.width, height = defaultSize.height } = options;
    this.id = windowRegistry.add(this);
    this.#minimumSize = { width: options.minWidth ?? 0, height: options.minHeight ?? 0 };
    this.#bounds = { x, y, width, height };
    this.#isVisible = options.show ?? true;
    this.#isAlwaysOnTop = options.alwaysOnTop ?? false;
    this.webContents = new WebContentsDouble(this.id, options.webPreferences?.preload, { width, height });
    this.#page = WebContentsDouble.pageOf(this.webContents);
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
    this.on('focus', () => this.#page.tellFocus(true));
    this.on('blur', () => this.#page.tellFocus(false));
    this.webContents.once('destroyed', () => this.#finishClosing());
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  show(): void {
    this.#isMinimized = false;
    if (!this.#isVisible) {
      this.#isVisible = true;
      this.emit('show');
    }
    this.focus();
  }

  focus(): void {
    if (this.isDestroyed()) throw new TypeError('Object has been destroyed');
    windowRegistry.setFocused(this);
    // A window that closes meanwhile needs no focus, and below no size.
    this.#page.focus().catch(() => undefined);
  }

  isFocused(): boolean {
    return windowRegistry.focused === this;
  }

  hide(): void {
    if (this.isDestroyed()) throw new TypeError('Object has been destroyed');
    if (!this.#isVisible) return;
    this.#isVisible = false;
    this.emit('hide');
    windowRegistry.yieldFocus(this);
  }

  setAlwaysOnTop(isOn: boolean, _level?: Parameters<Electron.BrowserWindow['setAlwaysOnTop']>[1]): void {
    this.#isAlwaysOnTop = isOn;
  }

  isAlwaysOnTop(): boolean {
    return this.#isAlwaysOnTop;
  }

  setVisibleOnAllWorkspaces(isOn: boolean, _options?: Electron.VisibleOnAllWorkspacesOptions): void {
    this.#isOnAllWorkspaces = isOn;
  }

  isVisibleOnAllWorkspaces(): boolean {
    return this.#isOnAllWorkspaces;
  }

  isVisible(): boolean {
    return this.#isVisible;
  }

  minimize(): void {
    this.#isMinimized = true;
    windowRegistry.yieldFocus(this);
  }

  isMinimized(): boolean {
    return this.#isMinimized;
  }

  restore(): void {
    this.#isMinimized = false;
  }

  maximize(): void {
    if (!this.#isVisible) this.show();
    if (this.#isMaximized) return;
    this.#isMaximized = true;
    this.#fit();
    this.emit('maximize');
  }

  unmaximize(): void {
    if (!this.#isMaximized) return;
    this.#isMaximized = false;
    this.#fit();
    this.emit('unmaximize');
  }

  isMaximized(): boolean {
    return this.#isMaximized;
  }

  setFullScreen(isFullScreen: boolean): void {
    if (this.#isFullScreen === isFullScreen) return;
    this.#isFullScreen = isFullScreen;
    this.#fit();
    this.emit(isFullScreen ? 'enter-full-screen' : 'leave-full-screen');
  }

  isFullScreen(): boolean {
    return this.#isFullScreen;
  }

  getNormalBounds(): Electron.Rectangle {
    return { ...this.#bounds };
  }

  setProgressBar(progress: number, options?: Electron.ProgressBarOptions): void {
    this.#progress = options?.mode === 'indeterminate' ? 2 : progress;
    addToDesk({ progress: () => this.#progress });
  }

  getBounds(): Electron.Rectangle {
    const { bounds, workArea } = screen.getDisplayMatching(this.#bounds);
    if (this.#isFullScreen) return { ...bounds };
    return this.#isMaximized ? { ...workArea } : { ...this.#bounds };
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    const wanted = { ...this.#bounds, ...bounds };
    const width = Math.max(wanted.width, this.#minimumSize.width);
    const height = Math.max(wanted.height, this.#minimumSize.height);
    const before = this.#bounds;
    this.#bounds = { ...wanted, width, height };
    if (before.x !== wanted.x || before.y !== wanted.y) this.emit('move');
    if (before.width !== width || before.height !== height) this.emit('resize');
    this.#resizePage();
  }

  /** The page has as much room as the window that it fills or no longer fills. */
  #fit(): void {
    this.emit('resize');
    this.#resizePage();
  }

  #resizePage(): void {
    this.#page.resize(this.getBounds()).catch(() => undefined);
  }

  close(): void {
    if (this.isDestroyed()) return;
    const event = createPreventableEvent({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (!this.isDestroyed()) this.webContents.close();
  }

  isDestroyed(): boolean {
    return this.webContents.isDestroyed();
  }

  #finishClosing(): void {
    windowRegistry.remove(this);
    this.emit('closed');
    windowRegistry.announceClosed();
  }

  static getAllWindows(): BrowserWindowDouble[] {
    return windowRegistry.list();
  }

  static getFocusedWindow(): BrowserWindowDouble | null {
    return windowRegistry.focused ?? null;
  }

  static fromWebContents(contents: Electron.WebContents): BrowserWindowDouble | null {
    return windowRegistry.list().find((window) => window.id === contents.id) ?? null;
  }
}

/** Electron's static webContents, with what Playwright asks of it. */
export const webContents = {
  fromDevToolsTargetId: (targetId: string): WebContentsDouble | undefined =>
    windowRegistry
      .list()
      .map((window) => window.webContents)
      .find((contents) => WebContentsDouble.pageOf(contents).targetId === targetId),
};
