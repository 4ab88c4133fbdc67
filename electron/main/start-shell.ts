import { app, BrowserWindow, dialog, shell, utilityProcess } from 'electron';
import { alreadyRunning } from '../app/already-running.ts';
import type { App } from '../app/app.ts';
import { chooseSecretStore } from '../app/choose-secret-store.ts';
import { openApp } from '../app/open-app.ts';
import type { ProductFiles } from '../app/product-files.ts';
import { createUtilityProcessLauncher as createEngineLauncher } from '../inference/launchers/utility-process-launcher.ts';
import { createUtilityProcessLauncher as createParsingLauncher } from '../parsing/launchers/utility-process-launcher.ts';
import type { Platform } from '../platform/platform.ts';
import { AppError } from '../shared/app-error.ts';
import { createWords, errorWords, spokenLanguage } from '../shared/words.ts';
import { serveAppScheme } from './app-protocol.ts';
import { setApplicationMenu } from './application-menu.ts';
import { connectPages } from './connect-pages.ts';
import { createWindow } from './create-window.ts';
import { followTheme } from './follow-theme.ts';
import { guardPages, guardSession, type ConfirmLink } from './guard-pages.ts';
import { closeBeforeQuit } from './close-before-quit.ts';

type Shell = { readonly files: ProductFiles; readonly platform: Platform };

/** Opens the app behind the window while Electron gets ready, then the window. A failure is told in a native box. */
export async function startShell({ files, platform }: Shell): Promise<void> {
  const words = createWords(spokenLanguage('system', [platform.systemLanguage]));
  const t = words.getFixedT(null, ['window', 'error', 'terminal', 'menu'] as const);
  const opening = openOwnedApp({ files, platform });
  const context = opening.then((opened) => opened.context({ canNamePaths: false }));
  // Reported below; a page that asks meanwhile gets no port.
  context.catch(() => undefined);
  closeBeforeQuit(opening, platform.logger);
  connectPages(context, platform.logger);
  guardPages(confirmLink);
  const openWindow = (): void =>
    void createWindow({ preloadPath: files.preloadPath, operatingSystem: platform.operatingSystem });
  app.on('window-all-closed', () => {
    if (platform.operatingSystem !== 'darwin') app.quit();
  });
  app.on('second-instance', () => showWindow(openWindow));
  app.on('activate', () => showWindow(openWindow));

  await app.whenReady();
  guardSession();
  serveAppScheme(files.pageFolder);
  const dataFolder = platform.folders.data;
  setApplicationMenu(t, platform.operatingSystem, {
    newWindow: openWindow,
    showDataFolder: () => shell.showItemInFolder(dataFolder),
    lockNow: () => void opening.then(async ({ access }) => await access.lock('user')).catch(() => undefined),
  });
  try {
    const opened = await opening;
    void followTheme(opened);
    openWindow();
  } catch (error) {
    dialog.showErrorBox(t('menu:startFailed'), errorWords(words, AppError.from(error)));
    app.exit(1);
  }

  function confirmLink(link: Parameters<ConfirmLink>[0]): void {
    const question = {
      type: 'question' as const,
      message: t('menu:link.question', { host: link.host }),
      detail: t('menu:link.detail', { url: link.url }),
      buttons: [t('menu:link.cancel'), t('menu:link.open')],
      cancelId: 0,
      defaultId: 0,
    };
    void dialog.showMessageBox(question).then(async ({ response }) => {
      if (response === 1) await platform.openExternal(link.url);
    });
  }
}

async function openOwnedApp({ files, platform }: Shell): Promise<App> {
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

function showWindow(openWindow: () => void): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window === undefined) return openWindow();
  if (window.isMinimized()) window.restore();
  window.focus();
}
