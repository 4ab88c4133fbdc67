import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { Words } from '../shared/words.ts';

/** What the menu can ask of the app. */
export type MenuActions = {
  readonly newWindow: () => void;
  readonly showDataFolder: () => void;
  readonly lockNow: () => void;
};

type Menus = readonly MenuItemConstructorOptions[];

/** The native menu in the user's language, in the order that each system is used to. */
export function menuTemplate(t: Words, operatingSystem: NodeJS.Platform, actions: MenuActions): Menus {
  const isMac = operatingSystem === 'darwin';
  const file: MenuItemConstructorOptions = {
    label: t('menu:file.title'),
    submenu: [
      { id: 'new-window', label: t('menu:file.newWindow'), accelerator: 'CmdOrCtrl+Shift+N', click: actions.newWindow },
      { id: 'show-data-folder', label: t('menu:file.showDataFolder'), click: actions.showDataFolder },
      { type: 'separator' },
      { id: 'lock-now', label: t('menu:file.lockNow'), accelerator: 'CmdOrCtrl+Shift+L', click: actions.lockNow },
      { type: 'separator' },
      isMac ? { role: 'close', label: t('menu:file.close') } : { role: 'quit', label: t('menu:file.quit') },
    ],
  };
  return [...(isMac ? [macAppMenu(t)] : []), file, editMenu(t), viewMenu(t), windowMenu(t, isMac)];
}

/** Puts the menu in place. */
export function setApplicationMenu(t: Words, operatingSystem: NodeJS.Platform, actions: MenuActions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate([...menuTemplate(t, operatingSystem, actions)]));
}

function macAppMenu(t: Words): MenuItemConstructorOptions {
  return {
    label: 'Sotto',
    submenu: [
      { role: 'about', label: t('menu:app.about') },
      { type: 'separator' },
      { role: 'services', label: t('menu:app.services') },
      { type: 'separator' },
      { role: 'hide', label: t('menu:app.hide') },
      { role: 'hideOthers', label: t('menu:app.hideOthers') },
      { role: 'unhide', label: t('menu:app.showAll') },
      { type: 'separator' },
      { role: 'quit', label: t('menu:file.quit') },
    ],
  };
}

function editMenu(t: Words): MenuItemConstructorOptions {
  return {
    label: t('menu:edit.title'),
    submenu: [
      { role: 'undo', label: t('menu:edit.undo') },
      { role: 'redo', label: t('menu:edit.redo') },
      { type: 'separator' },
      { role: 'cut', label: t('menu:edit.cut') },
      { role: 'copy', label: t('menu:edit.copy') },
      { role: 'paste', label: t('menu:edit.paste') },
      { role: 'selectAll', label: t('menu:edit.selectAll') },
    ],
  };
}

function viewMenu(t: Words): MenuItemConstructorOptions {
  return {
    label: t('menu:view.title'),
    submenu: [
      { role: 'reload', label: t('menu:view.reload') },
      { role: 'toggleDevTools', label: t('menu:view.developerTools') },
      { type: 'separator' },
      { role: 'resetZoom', label: t('menu:view.actualSize') },
      { role: 'zoomIn', label: t('menu:view.zoomIn') },
      { role: 'zoomOut', label: t('menu:view.zoomOut') },
      { type: 'separator' },
      { role: 'togglefullscreen', label: t('menu:view.fullScreen') },
    ],
  };
}

function windowMenu(t: Words, isMac: boolean): MenuItemConstructorOptions {
  const minimize: MenuItemConstructorOptions = { role: 'minimize', label: t('menu:window.minimize') };
  const last: MenuItemConstructorOptions = isMac
    ? { role: 'front', label: t('menu:window.allToFront') }
    : { role: 'close', label: t('menu:file.close') };
  return { label: t('menu:window.title'), submenu: [minimize, last] };
}
