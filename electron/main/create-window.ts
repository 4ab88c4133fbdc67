import { BrowserWindow, nativeTheme } from 'electron';
import { appOrigin } from '../guards/app-origin.ts';

/** Height of the title bar that the page draws, in pixels; the page leaves it free. */
const titleBarHeight = 40;
/** The page's own surfaces, so that nothing flashes before its first paint. */
const surface = { light: '#faf9f7', dark: '#1b1a18' };
/** The page shows through, and the signs of the buttons stand out from either theme, so neither follows a change. */
const titleBarOverlay = { color: '#00000000', symbolColor: '#85807a', height: titleBarHeight };

/** Everything that a window needs to know. */
export type WindowOptions = {
  /** Absolute path of the built preload script. */
  readonly preloadPath: string;
  readonly operatingSystem: NodeJS.Platform;
};

/** The only way to a window: sandboxed, isolated from the preload script, without Node, shown when it has painted. */
export function createWindow({ preloadPath, operatingSystem }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    width: 1_280,
    height: 800,
    minWidth: 480,
    minHeight: 420,
    show: false,
    title: 'Sotto',
    backgroundColor: surface[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'],
    titleBarStyle: 'hidden',
    ...(operatingSystem === 'darwin' ? { trafficLightPosition: { x: 14, y: 13 } } : { titleBarOverlay }),
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
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${appOrigin}/`);
  return window;
}
