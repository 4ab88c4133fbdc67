import { app, dialog, Menu, nativeTheme, utilityProcess } from 'electron';
import { alreadyRunning } from '../app/already-running.ts';
import type { App } from '../app/app.ts';
import { chooseSecretStore } from '../app/choose-secret-store.ts';
import { openApp } from '../app/open-app.ts';
import type { ProductFiles } from '../app/product-files.ts';
import { linkScheme } from '../guards/deep-link.ts';
import { readLaunchArguments } from '../guards/launch-arguments.ts';
import { decideWindowStart } from '../guards/window-close.ts';
import { createUtilityProcessLauncher as createEngineLauncher } from '../inference/launchers/utility-process-launcher.ts';
import { createUtilityProcessLauncher as createParsingLauncher } from '../parsing/launchers/utility-process-launcher.ts';
import type { Platform } from '../platform/platform.ts';
import { hasTrayHost } from '../platform/tray-host.ts';
import { AppError } from '../shared/app-error.ts';
import { createWords, errorWords, spokenLanguage, type Words } from '../shared/words.ts';
import { serveAppScheme } from './app-protocol.ts';
import { closeBeforeQuit } from './close-before-quit.ts';
import { connectPages } from './connect-pages.ts';
import type { ShellDesktop } from './create-desktop.ts';
import { followSettings, type ShellSettings } from './follow-settings.ts';
import { guardPages, guardSession, type ConfirmLink } from './guard-pages.ts';
import { isStartedBySession } from './login-item.ts';
import { createNativeShell, type NativeShell } from './native-desktop.ts';
import { createOpenRequests, type OpenRequests } from './open-requests.ts';
import { showTextMenus } from './text-menu.ts';

/** The `appId` of the packages. */
const windowsAppId = 'app.sotto.desktop';

/** What the shell is started with. */
export type ShellOptions = {
  readonly files: ProductFiles;
  readonly platform: Platform;
  /** The one of the platform. */
  readonly desktop: ShellDesktop;
};

/** Opens the app behind the windows while Electron gets ready, then what a person sees. Failures are told in a native box. */
export async function startShell(options: ShellOptions): Promise<void> {
  await new Shell(options).start();
}

class Shell {
  readonly #options: ShellOptions;
  readonly #opening: Promise<App>;
  readonly #isQuitting: () => boolean;
  readonly #opens: OpenRequests;
  readonly #trayHost: Promise<boolean | null>;
  #language: ShellSettings['language'] = 'system';
  #words: ReturnType<typeof createWords>;
  #native: NativeShell | null = null;
  #isOpen = false;
  /** Somebody asked for the window before it could be made. */
  #isWindowWanted = false;

  constructor(options: ShellOptions) {
    const { platform, desktop } = options;
    const { operatingSystem, logger, systemLanguage } = platform;
    this.#options = options;
    this.#words = createWords(spokenLanguage(this.#language, [systemLanguage]));
    this.#opening = openOwnedApp(options);
    // Asked early: the first window waits for it when it is to start hidden.
    this.#trayHost = operatingSystem === 'linux' ? hasTrayHost() : Promise.resolve(null);
    this.#opens = createOpenRequests({
      operatingSystem,
      ask: (request) => desktop.ask(request),
      show: () => this.#showWindow(),
      logger,
    });
    this.#isQuitting = closeBeforeQuit({
      opening: this.#opening,
      closeShell: async () => {
        this.#opens.close();
        desktop.close();
        await this.#native?.close();
      },
      logger,
    });
  }

  async start(): Promise<void> {
    const { files, platform } = this.#options;
    const context = this.#opening.then((opened) => opened.context({ canNamePaths: false }));
    // Reported below; a page that asks meanwhile gets no port.
    context.catch(() => undefined);
    connectPages(context, platform.logger);
    guardPages((link) => void this.#confirmLink(link));
    showTextMenus({ app, Menu }, () => this.#t());
    const isHidden = this.#hearRequests();

    await app.whenReady();
    guardSession();
    serveAppScheme(files.pageFolder);
    try {
      this.#native = await this.#createNative();
      const opened = await this.#opening;
      // Nobody comes to see an app that was told to quit meanwhile.
      if (this.#isQuitting()) return await this.#native.close();
      void followSettings(
        opened,
        (settings) => this.#apply(settings),
        (isOpen) => this.#noteAccess(opened, isOpen),
      );
      this.#openFirstWindow(this.#native, isHidden);
    } catch (error) {
      dialog.showErrorBox(this.#t()('menu:startFailed'), errorWords(this.#words, AppError.from(error)));
      app.exit(1);
    }
  }

  /** Before Electron is ready, because macOS hands over what the app was opened with while it starts. */
  #hearRequests(): boolean {
    const { operatingSystem } = this.#options.platform;
    const { isPackaged } = app;
    const read = (argv: readonly string[], workingFolder: string): void =>
      this.#opens.launch(readLaunchArguments({ argv, workingFolder, operatingSystem, isPackaged }));
    // The first window is shown by whether the session started the app, so that is no request for it.
    const first = readLaunchArguments({
      argv: process.argv,
      workingFolder: process.cwd(),
      operatingSystem,
      isPackaged,
    });
    this.#opens.launch({ ...first, isHidden: true });
    app.on('second-instance', (_event, argv, workingFolder) => read(argv, workingFolder));
    app.on('activate', () => {
      // Before, it is the start itself, which may be a hidden one.
      if (this.#native !== null) this.#showWindow();
    });
    app.on('open-url', (event, url) => {
      event.preventDefault();
      this.#opens.link(url);
    });
    app.on('open-file', (event, path) => {
      event.preventDefault();
      this.#opens.path(path);
    });
    // The main window says when the app ends; quick-ask's is there without it.
    app.on('window-all-closed', () => undefined);
    if (isPackaged && operatingSystem === 'win32') {
      // By which Windows knows whose notifications and tasks they are: that of the shortcut that the installer makes.
      app.setAppUserModelId(windowsAppId);
      // Elsewhere the package says so. What follows the dashes is no switch, whatever a link looks like.
      app.setAsDefaultProtocolClient(linkScheme, process.execPath, ['--']);
    }
    return first.isHidden;
  }

  async #createNative(): Promise<NativeShell> {
    const { files, platform, desktop } = this.#options;
    return await createNativeShell({
      files,
      platform,
      desktop,
      words: () => this.#t(),
      isLocked: () => !this.#isOpen,
      isQuitting: this.#isQuitting,
      lock: () => void this.#opening.then(async ({ access }) => await access.lock('user')).catch(() => undefined),
      trayHost: this.#trayHost,
      offerPaths: (paths) => this.#opens.paths(paths),
    });
  }

  #openFirstWindow(native: NativeShell, hasArgument: boolean): void {
    const { operatingSystem } = this.#options.platform;
    const isHidden = !this.#isWindowWanted && isStartedBySession(app, operatingSystem, hasArgument);
    const start = decideWindowStart({ operatingSystem, isHidden, hasTray: native.hasTray });
    if (start === 'shown') native.mainWindow.show();
    if (start === 'minimized') native.mainWindow.showMinimized();
    if (start === 'none') native.prepareQuickAsk();
  }

  #showWindow(): void {
    if (this.#native === null) this.#isWindowWanted = true;
    else this.#native.mainWindow.show();
  }

  #apply(settings: ShellSettings): void {
    if (settings.language !== this.#language) {
      this.#language = settings.language;
      this.#words = createWords(spokenLanguage(settings.language, [this.#options.platform.systemLanguage]));
    }
    nativeTheme.themeSource = settings.theme;
    this.#native?.setSpelling(settings.checksSpelling === true);
    this.#native?.redraw();
  }

  #noteAccess({ services }: App, isOpen: boolean): void {
    this.#isOpen = isOpen;
    this.#opens.setTickets(
      isOpen
        ? {
            ticketForPath: async (path) => await services.files.ticketForPath(path),
            folderTicketForPath: async (path) => await services.library.folderTicketForPath(path),
          }
        : null,
    );
  }

  #t(): Words {
    return this.#words.getFixedT(null, ['window', 'error', 'terminal', 'menu'] as const);
  }

  async #confirmLink(link: Parameters<ConfirmLink>[0]): Promise<void> {
    const t = this.#t();
    const { response } = await dialog.showMessageBox({
      type: 'question' as const,
      message: t('menu:link.question', { host: link.host }),
      detail: t('menu:link.detail', { url: link.url }),
      buttons: [t('menu:link.cancel'), t('menu:link.open')],
      cancelId: 0,
      defaultId: 0,
    });
    if (response === 1) await this.#options.platform.openExternal(link.url);
  }
}

async function openOwnedApp({ files, platform }: ShellOptions): Promise<App> {
  const opened = await openApp({
    platform,
    secrets: chooseSecretStore(process.env, files),
    engineLauncher: createEngineLauncher({
      workerPath: files.engineWorkerPath,
      fork: (...options) => utilityProcess.fork(...options),
    }),
    parsingLauncher: createParsingLauncher(),
    parsingWorkerPath: files.parsingWorkerPath,
    storageWorkerPath: files.storageWorkerPath,
  });
  if (opened.status === 'opened') return opened.app;
  opened.port?.close();
  throw alreadyRunning(opened.pid, platform.folders.data);
}
