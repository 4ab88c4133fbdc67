import { app, BrowserWindow, nativeTheme, type BrowserWindowConstructorOptions, type Rectangle } from 'electron';
import { appOrigin } from '../guards/app-origin.ts';

/** Height of the title bar that the page draws, in pixels; the page leaves it free. */
const titleBarHeight = 40;
/** The page's own surfaces, so that nothing flashes before its first paint. */
const surface = { light: '#faf9f7', dark: '#1b1a18' };
/** The page shows through, and the signs of the buttons stand out from either theme, so neither follows a change. */
const titleBarOverlay = { color: '#00000000', symbolColor: '#85807a', height: titleBarHeight };

/** Which of the two windows, and what only that one needs to know. */
export type WindowShape =
  | {
      readonly kind: 'main';
      /** Where it was; Electron's own choice of place at 1,280 by 800 pixels by default. */
      readonly bounds?: Partial<Rectangle>;
      /** Shown when it has painted, by default. */
      readonly startsHidden?: boolean;
    }
  | { readonly kind: 'quick-ask'; readonly bounds: Rectangle };

/** Everything that a window needs to know. */
export type WindowOptions = {
  /** Absolute path of the built preload script. */
  readonly preloadPath: string;
  readonly operatingSystem: NodeJS.Platform;
  /** The main window by default. */
  readonly shape?: WindowShape;
};

/**
 * The only way to a window: sandboxed, isolated from the preload script, without Node. The main window shows itself when it
 * has painted; quick-ask stays hidden until it is asked for.
 */
export function createWindow({ preloadPath, operatingSystem, shape = { kind: 'main' } }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    show: false,
    title: 'Sotto',
    backgroundColor: surface[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'],
    ...(shape.kind === 'main' ? mainLook(operatingSystem, shape.bounds) : quickAskLook(operatingSystem, shape.bounds)),
    webPreferences: {
      preload: preloadPath,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      devTools: !app.isPackaged,
      // Elsewhere the dictionaries would have to be fetched; the session says whether it is on.
      spellcheck: operatingSystem === 'darwin',
      // What is hidden and slowed down would paint only after it was shown: quick-ask has to be there at once.
      backgroundThrottling: shape.kind === 'main',
    },
  });
  if (shape.kind === 'main' && shape.startsHidden !== true) window.once('ready-to-show', () => window.show());
  void window.loadURL(shape.kind === 'main' ? `${appOrigin}/` : `${appOrigin}/#/quick-ask`);
  return window;
}

function mainLook(operatingSystem: NodeJS.Platform, bounds: Partial<Rectangle> = {}): BrowserWindowConstructorOptions {
  return {
    width: 1_280,
    height: 800,
    ...bounds,
    minWidth: 480,
    minHeight: 420,
    titleBarStyle: 'hidden',
    ...(operatingSystem === 'darwin' ? { trafficLightPosition: { x: 14, y: 13 } } : { titleBarOverlay }),
  };
}

function quickAskLook(operatingSystem: NodeJS.Platform, bounds: Rectangle): BrowserWindowConstructorOptions {
  return {
    ...bounds,
    frame: false,
    resizable: false,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    skipTaskbar: true,
    alwaysOnTop: true,
    // A panel takes the keys without bringing the rest of the app to the front, and floats over full screen.
    ...(operatingSystem === 'darwin' ? { type: 'panel' } : {}),
  };
}
