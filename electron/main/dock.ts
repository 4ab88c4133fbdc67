import type Electron from 'electron';
import { linkScheme } from '../guards/deep-link.ts';
import type { DesktopActivity } from '../platform/desktop.ts';
import type { Words } from '../shared/words.ts';

/** Electron's word for a bar that only moves. */
const unknownProgress = 2;
const noProgress = -1;

/** The bar of the dock and of the taskbar for what is going on: 0 to 1, 2 for an unknown size, -1 for none. */
export function progressBar(progress: DesktopActivity['progress']): number {
  if (progress === null) return noProgress;
  // What is no number would show a bar that is full.
  if (progress === 'unknown' || !Number.isFinite(progress)) return unknownProgress;
  return Math.min(Math.max(progress, 0), 1);
}

/** What the dock and the taskbar offer while the app runs. */
export type DockActions = { readonly newChat: () => void; readonly quickAsk: () => void };

/**
 * Puts entries into the menu of the dock (macOS) or of the taskbar's button (Windows), where they start the app with a link. On Linux
 * they stand in the desktop entry of the package.
 */
export function setDockMenu(
  { app, Menu }: Pick<typeof Electron, 'app' | 'Menu'>,
  t: Words,
  operatingSystem: NodeJS.Platform,
  actions: DockActions,
): void {
  if (operatingSystem === 'darwin') {
    app.dock?.setMenu(
      Menu.buildFromTemplate([
        { id: 'new-chat', label: t('menu:file.newChat'), click: actions.newChat },
        { id: 'quick-ask', label: t('menu:file.quickAsk'), click: actions.quickAsk },
      ]),
    );
  }
  if (operatingSystem === 'win32' && app.isPackaged) {
    const task = (title: string, link: string): Electron.Task => ({
      program: process.execPath,
      arguments: link,
      iconPath: process.execPath,
      iconIndex: 0,
      title,
      description: title,
    });
    app.setUserTasks([
      task(t('menu:file.newChat'), `${linkScheme}://chat`),
      task(t('menu:view.documents'), `${linkScheme}://show/documents`),
      task(t('menu:view.summaries'), `${linkScheme}://show/summaries`),
    ]);
  }
}
