import type { MenuItemConstructorOptions } from 'electron';
import type { WindowPage } from '../shared/desktop.ts';
import type { Words } from '../shared/words.ts';

/** What the menu can ask of the app. */
export type MenuActions = {
  readonly newChat: () => void;
  readonly openFile: () => void;
  readonly quickAsk: () => void;
  readonly find: () => void;
  readonly showPage: (page: WindowPage) => void;
  readonly showDataFolder: () => void;
  readonly lockNow: () => void;
};

/** What the menu depends on. */
export type MenuLook = {
  readonly t: Words;
  readonly operatingSystem: NodeJS.Platform;
  /** Without developer tools then. */
  readonly isPackaged: boolean;
  /** Written beside the entry; null when there is none that works. */
  readonly quickAskShortcut: string | null;
};

type Item = MenuItemConstructorOptions;
const separator: Item = { type: 'separator' };
/** In the order of their keys, 1 to 5. */
const pages = ['chat', 'documents', 'summaries', 'models', 'privacy'] as const;

/** The native menu in the user's language, in the order that each system is used to. */
export function menuTemplate(look: MenuLook, actions: MenuActions): readonly MenuItemConstructorOptions[] {
  const isMac = look.operatingSystem === 'darwin';
  return [
    ...(isMac ? [macAppMenu(look.t, actions)] : []),
    fileMenu(look, actions, isMac),
    editMenu(look.t, actions, isMac),
    viewMenu(look, actions),
    windowMenu(look.t, isMac),
    helpMenu(look.t, actions, isMac),
  ];
}

function settingsItem(t: Words, { showPage }: MenuActions): Item {
  return {
    id: 'settings',
    label: t('menu:file.settings'),
    accelerator: 'CmdOrCtrl+,',
    click: () => showPage('settings'),
  };
}

function macAppMenu(t: Words, actions: MenuActions): Item {
  return {
    label: 'Sotto',
    submenu: [
      { role: 'about', label: t('menu:app.about') },
      separator,
      settingsItem(t, actions),
      { role: 'services', label: t('menu:app.services') },
      separator,
      { role: 'hide', label: t('menu:app.hide') },
      { role: 'hideOthers', label: t('menu:app.hideOthers') },
      { role: 'unhide', label: t('menu:app.showAll') },
      separator,
      { role: 'quit', label: t('menu:file.quit') },
    ],
  };
}

function fileMenu({ t, quickAskShortcut }: MenuLook, actions: MenuActions, isMac: boolean): Item {
  const last: readonly Item[] = isMac
    ? [{ role: 'close', label: t('menu:file.close') }]
    : [settingsItem(t, actions), separator, { role: 'quit', label: t('menu:file.quit') }];
  return {
    label: t('menu:file.title'),
    submenu: [
      { id: 'new-chat', label: t('menu:file.newChat'), accelerator: 'CmdOrCtrl+N', click: actions.newChat },
      { id: 'open-file', label: t('menu:file.openFile'), accelerator: 'CmdOrCtrl+O', click: actions.openFile },
      {
        id: 'quick-ask',
        label: t('menu:file.quickAsk'),
        click: actions.quickAsk,
        // It is registered with the system already, and would be heard twice.
        ...(quickAskShortcut === null ? {} : { accelerator: quickAskShortcut, registerAccelerator: false }),
      },
      separator,
      { id: 'show-data-folder', label: t('menu:file.showDataFolder'), click: actions.showDataFolder },
      { id: 'lock-now', label: t('menu:file.lockNow'), accelerator: 'CmdOrCtrl+Shift+L', click: actions.lockNow },
      separator,
      ...last,
    ],
  };
}

function editMenu(t: Words, actions: MenuActions, isMac: boolean): Item {
  return {
    label: t('menu:edit.title'),
    submenu: [
      { role: 'undo', label: t('menu:edit.undo') },
      { role: 'redo', label: t('menu:edit.redo') },
      separator,
      { role: 'cut', label: t('menu:edit.cut') },
      { role: 'copy', label: t('menu:edit.copy') },
      { role: 'paste', label: t('menu:edit.paste') },
      ...(isMac ? [{ role: 'pasteAndMatchStyle' as const, label: t('menu:edit.pasteAsText') }] : []),
      { role: 'delete', label: t('menu:edit.delete') },
      { role: 'selectAll', label: t('menu:edit.selectAll') },
      separator,
      { id: 'find', label: t('menu:edit.find'), accelerator: 'CmdOrCtrl+F', click: actions.find },
    ],
  };
}

function viewMenu({ t, isPackaged }: MenuLook, { showPage }: MenuActions): Item {
  return {
    label: t('menu:view.title'),
    submenu: [
      ...pages.map((page, index): Item => ({
        id: `page-${page}`,
        label: t(`menu:view.${page}`),
        accelerator: `CmdOrCtrl+${index + 1}`,
        click: () => showPage(page),
      })),
      separator,
      { role: 'reload', label: t('menu:view.reload') },
      ...(isPackaged ? [] : [{ role: 'toggleDevTools' as const, label: t('menu:view.developerTools') }]),
      separator,
      { role: 'resetZoom', label: t('menu:view.actualSize') },
      { role: 'zoomIn', label: t('menu:view.zoomIn') },
      { role: 'zoomOut', label: t('menu:view.zoomOut') },
      separator,
      { role: 'togglefullscreen', label: t('menu:view.fullScreen') },
    ],
  };
}

function windowMenu(t: Words, isMac: boolean): Item {
  const minimize: Item = { role: 'minimize', label: t('menu:window.minimize') };
  const close: Item = { role: 'close', label: t('menu:file.close') };
  if (!isMac) return { label: t('menu:window.title'), submenu: [minimize, close] };
  return {
    label: t('menu:window.title'),
    role: 'windowMenu',
    submenu: [
      minimize,
      { role: 'zoom', label: t('menu:window.zoom') },
      separator,
      { role: 'front', label: t('menu:window.allToFront') },
    ],
  };
}

function helpMenu(t: Words, { showPage, showDataFolder }: MenuActions, isMac: boolean): Item {
  return {
    label: t('menu:help.title'),
    role: 'help',
    submenu: [
      { id: 'help-privacy', label: t('menu:help.privacy'), click: () => showPage('privacy') },
      { id: 'help-data-folder', label: t('menu:file.showDataFolder'), click: showDataFolder },
      ...(isMac ? [] : [separator, { role: 'about' as const, label: t('menu:help.about') }]),
    ],
  };
}
