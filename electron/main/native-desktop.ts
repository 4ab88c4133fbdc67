import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  Menu,
  nativeImage,
  Notification,
  powerMonitor,
  screen,
  session,
  shell,
  Tray,
} from 'electron';
import type { ProductFiles } from '../app/product-files.ts';
import { decideWindowClose } from '../guards/window-close.ts';
import type { Platform } from '../platform/platform.ts';
import type { WindowPage } from '../shared/desktop.ts';
import type { Words } from '../shared/words.ts';
import { menuTemplate } from './application-menu.ts';
import type { NativeDesktop, ShellDesktop } from './create-desktop.ts';
import { createWindow } from './create-window.ts';
import { progressBar, setDockMenu } from './dock.ts';
import { createLoginItem } from './login-item.ts';
import { createMainWindow, type MainWindow } from './main-window.ts';
import { createNotifications, type Notifications } from './notifications.ts';
import { followPower } from './power-events.ts';
import { createQuickAskDesktop, type QuickAskDesktop } from './quick-ask-desktop.ts';
import { setSpelling } from './spelling.ts';
import { createTray, trayIconName, type AppTray } from './tray.ts';
import { createWindowStateWriter, readWindowState, type WindowState, type WindowStateWriter } from './window-state.ts';

/** What the native parts need of the app. */
export type NativeParts = {
  readonly files: ProductFiles;
  readonly platform: Platform;
  readonly desktop: ShellDesktop;
  readonly words: () => Words;
  readonly isLocked: () => boolean;
  readonly isQuitting: () => boolean;
  readonly lock: () => void;
  /** Whether an icon would be seen; null where nobody knows. */
  readonly trayHost: Promise<boolean | null>;
  readonly offerPaths: (paths: readonly string[]) => void;
};

/** Everything around the windows that Electron draws or hears. */
export interface NativeShell {
  readonly mainWindow: MainWindow;
  readonly hasTray: boolean;
  /** Quick-ask is loaded, where no main window comes first. */
  prepareQuickAsk(): void;
  /** In the words and with the shortcut of the moment. */
  redraw(): void;
  setSpelling(isWanted: boolean): void;
  /** Windows, tray, shortcuts, in this order; resolves when the place of the window is kept. */
  close(): Promise<void>;
}

/** Only after Electron is ready, once. */
export async function createNativeShell(parts: NativeParts): Promise<NativeShell> {
  const lastState = await readWindowState(parts.platform.folders.data);
  const isIconSeen = (await parts.trayHost) !== false;
  const native = new ElectronShell(parts, lastState, isIconSeen);
  native.redraw();
  await parts.desktop.start(native.desktop);
  return native;
}

class ElectronShell implements NativeShell {
  readonly mainWindow: MainWindow;
  readonly hasTray: boolean;
  readonly #parts: NativeParts;
  readonly #actions: ShellActions;
  readonly #tray: AppTray | null;
  readonly #states: WindowStateWriter;
  readonly #quickAsk: QuickAskDesktop;
  readonly #notifications: Notifications;
  readonly #power: { close(): void };

  constructor(parts: NativeParts, lastState: WindowState | null, isIconSeen: boolean) {
    const { platform, desktop, files } = parts;
    const { operatingSystem, logger } = platform;
    this.#parts = parts;
    this.#actions = shellActions(parts, {
      showMainWindow: () => this.mainWindow.show(),
      showQuickAsk: () => this.#quickAsk.show(),
    });
    const iconPath = join(platform.folders.resources, 'icons', trayIconName(operatingSystem));
    this.#tray = createTray({ Tray, Menu, nativeImage, iconPath, operatingSystem, actions: this.#actions, logger });
    this.hasTray = this.#tray !== null && isIconSeen;
    this.#states = createWindowStateWriter(platform.folders.data, logger);
    this.mainWindow = this.#createMainWindow(lastState);
    this.#quickAsk = createQuickAskDesktop({
      preloadPath: files.preloadPath,
      platform,
      isLocked: parts.isLocked,
      showMainWindow: () => this.mainWindow.show(),
      ask: (request) => desktop.windowRequests.ask('quick-ask', request),
      onChange: () => {
        this.redraw();
        desktop.changed();
      },
    });
    this.#notifications = createNotifications({
      Notification,
      isInFront: () => BrowserWindow.getFocusedWindow() !== null,
      show: (request) => desktop.ask(request),
    });
    this.#power = followPower({
      powerMonitor,
      onScreenLocked: () => {
        if (desktop.locksWithScreen) parts.lock();
      },
      onAwake: () => this.redraw(),
      logger,
    });
  }

  /** For the desktop of the platform. */
  get desktop(): NativeDesktop {
    const { operatingSystem } = this.#parts.platform;
    return {
      quickAsk: this.#quickAsk,
      loginItem: createLoginItem({ app, operatingSystem, environment: process.env }),
      hasTray: this.hasTray,
      canNotify: this.#notifications.canNotify,
      showMainWindow: () => this.mainWindow.show(),
      showActivity: () => this.#showActivity(),
      notify: (news) => this.#notifications.notify(news, this.#parts.words()),
    };
  }

  prepareQuickAsk(): void {
    this.#quickAsk.prepare();
  }

  redraw(): void {
    const { words, platform } = this.#parts;
    const { operatingSystem } = platform;
    const t = words();
    const look = { t, operatingSystem, isPackaged: app.isPackaged, quickAskShortcut: this.#quickAskShortcut() };
    Menu.setApplicationMenu(Menu.buildFromTemplate([...menuTemplate(look, this.#actions)]));
    setDockMenu({ app, Menu }, t, operatingSystem, this.#actions);
    this.#showActivity();
  }

  setSpelling(isWanted: boolean): void {
    setSpelling(session.defaultSession, this.#parts.platform.operatingSystem, isWanted);
  }

  async close(): Promise<void> {
    this.#power.close();
    this.#notifications.close();
    this.mainWindow.close();
    this.#tray?.close();
    this.#quickAsk.close();
    await this.#states.settled();
  }

  #createMainWindow(lastState: WindowState | null): MainWindow {
    const { files, platform, desktop, isQuitting } = this.#parts;
    const { operatingSystem } = platform;
    const { preloadPath } = files;
    const { hasTray } = this;
    return createMainWindow({
      makeWindow: (bounds, startsHidden) =>
        createWindow({ preloadPath, operatingSystem, shape: { kind: 'main', bounds, startsHidden } }),
      screen,
      lastState,
      states: this.#states,
      closeWay: () => {
        const { closesToTray } = desktop;
        return decideWindowClose({ operatingSystem, isQuitting: isQuitting(), closesToTray, hasTray });
      },
      quit: () => app.quit(),
      nowMs: () => platform.clock.monotonicMs(),
      onOpened: () => {
        this.#showActivity();
        this.#quickAsk.prepare();
      },
    });
  }

  #showActivity(): void {
    const { activity } = this.#parts.desktop;
    this.#tray?.show({ t: this.#parts.words(), activity, quickAskShortcut: this.#quickAskShortcut() });
    const { window } = this.mainWindow;
    if (window?.isDestroyed() === false) window.setProgressBar(progressBar(activity.progress));
  }

  #quickAskShortcut(): string | null {
    const { status, accelerator } = this.#quickAsk.shortcut;
    return status === 'registered' ? accelerator : null;
  }
}

type ShellActions = Parameters<typeof menuTemplate>[1] & Parameters<typeof createTray>[0]['actions'];

/** What menus, tray and dock do; each thing in one way. */
function shellActions(
  { platform, desktop, lock, offerPaths, words }: NativeParts,
  shown: { readonly showMainWindow: () => void; readonly showQuickAsk: () => void },
): ShellActions {
  const showPage = (page: WindowPage): void => desktop.ask({ type: 'show-page', page });
  return {
    open: shown.showMainWindow,
    newChat: () => desktop.ask({ type: 'new-chat' }),
    find: () => desktop.ask({ type: 'find' }),
    openFile: () => void chooseFiles(words(), platform.operatingSystem).then(offerPaths),
    quickAsk: shown.showQuickAsk,
    showPage,
    showSettings: () => showPage('settings'),
    showDataFolder: () => shell.showItemInFolder(platform.folders.data),
    toggleIndexingPause: () => desktop.command('toggle-indexing-pause'),
    lockNow: lock,
    quit: () => app.quit(),
  };
}

async function chooseFiles(t: Words, operatingSystem: NodeJS.Platform): Promise<readonly string[]> {
  // Only macOS has one dialog for files and folders.
  const folders = operatingSystem === 'darwin' ? ['openDirectory' as const] : [];
  const { filePaths } = await dialog.showOpenDialog({
    title: t('menu:file.openFileTitle'),
    buttonLabel: t('menu:file.openFileButton'),
    properties: ['openFile', 'multiSelections', ...folders],
  });
  return filePaths;
}
