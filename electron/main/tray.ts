import type Electron from 'electron';
import { shownName } from '../guards/shown-name.ts';
import type { DesktopActivity } from '../platform/desktop.ts';
import type { Logger } from '../platform/logger.ts';
import type { Words } from '../shared/words.ts';

/** What the tray can ask of the app. */
export type TrayActions = {
  readonly open: () => void;
  readonly newChat: () => void;
  readonly quickAsk: () => void;
  readonly toggleIndexingPause: () => void;
  readonly showSettings: () => void;
  readonly lockNow: () => void;
  readonly quit: () => void;
};

/** What the menu of the tray shows. */
export type TrayLook = {
  readonly t: Words;
  readonly activity: DesktopActivity;
  /** Written beside the entry; null when there is none that works. */
  readonly quickAskShortcut: string | null;
};

/** The icon by the clock. */
export interface AppTray {
  show(look: TrayLook): void;
  close(): void;
}

/** The icon's file in the folder of icons: on macOS one that takes the colour of the bar. */
export function trayIconName(operatingSystem: NodeJS.Platform): string {
  if (operatingSystem === 'darwin') return 'trayTemplate.png';
  return operatingSystem === 'win32' ? 'tray.ico' : 'tray.png';
}

/** The menu of the icon: how things stand, then what can be done. */
export function trayTemplate(
  { t, activity, quickAskShortcut }: TrayLook,
  actions: TrayActions,
): readonly Electron.MenuItemConstructorOptions[] {
  const { modelName, state, isOffline, isIndexingPaused } = activity;
  const isLocked = state === 'locked';
  const model = modelName === null ? t('menu:tray.noModel') : t('menu:tray.model', { name: shownName(modelName) });
  return [
    { id: 'state', label: t(`menu:tray.${state}`), enabled: false },
    // Behind the lock nobody learns what a person works with.
    { id: 'model', label: model, enabled: false, visible: !isLocked },
    {
      id: 'offline',
      label: t(isOffline ? 'menu:tray.offline' : 'menu:tray.online'),
      enabled: false,
      visible: !isLocked,
    },
    { type: 'separator' },
    { id: 'open', label: t('menu:tray.open'), click: actions.open },
    { id: 'new-chat', label: t('menu:tray.newChat'), enabled: !isLocked, click: actions.newChat },
    {
      id: 'quick-ask',
      label: t('menu:tray.quickAsk'),
      click: actions.quickAsk,
      ...(quickAskShortcut === null ? {} : { accelerator: quickAskShortcut, registerAccelerator: false }),
    },
    { type: 'separator' },
    {
      id: 'indexing',
      label: t(isIndexingPaused ? 'menu:tray.resumeIndexing' : 'menu:tray.pauseIndexing'),
      enabled: !isLocked,
      click: actions.toggleIndexingPause,
    },
    { id: 'settings', label: t('menu:tray.settings'), enabled: !isLocked, click: actions.showSettings },
    { id: 'lock', label: t('menu:tray.lockNow'), enabled: !isLocked, click: actions.lockNow },
    { type: 'separator' },
    { id: 'quit', label: t('menu:tray.quit'), click: actions.quit },
  ];
}

/** What is read when the pointer rests on the icon. */
export function trayToolTip({ t, activity }: Pick<TrayLook, 't' | 'activity'>): string {
  const { state, progress } = activity;
  const percent = typeof progress === 'number' && state === 'busy' ? ` · ${Math.floor(progress * 100)} %` : '';
  return `Sotto · ${t(`menu:tray.${state}`)}${percent}`;
}

/** What the tray needs. */
export type TrayParts = Pick<typeof Electron, 'Tray' | 'Menu' | 'nativeImage'> & {
  /** Absolute path of the icon of this system. */
  readonly iconPath: string;
  readonly operatingSystem: NodeJS.Platform;
  readonly actions: TrayActions;
  readonly logger: Logger;
};

/** Puts the icon by the clock; null where the desktop refuses. Only after Electron is ready. */
export function createTray(parts: TrayParts): AppTray | null {
  const { logger, iconPath, operatingSystem, actions, nativeImage } = parts;
  try {
    const image = nativeImage.createFromPath(iconPath);
    // An icon that nobody sees is no way back to the window.
    if (image.isEmpty()) throw new Error('The icon of the tray cannot be read');
    if (operatingSystem === 'darwin') image.setTemplateImage(true);
    const tray = new parts.Tray(image);
    // On macOS a click opens the menu.
    if (operatingSystem !== 'darwin') tray.on('click', actions.open);
    return keepTray(tray, parts);
  } catch (error) {
    logger.warn('tray-refused', { message: error instanceof Error ? error.message : String(error) });
    return null;
  }
}

function keepTray(tray: Electron.Tray, { Menu, actions }: TrayParts): AppTray {
  let shownMenu = '';
  let shownToolTip = '';
  return {
    show(look) {
      const template = trayTemplate(look, actions);
      const menu = JSON.stringify(template);
      const toolTip = trayToolTip(look);
      if (toolTip !== shownToolTip) tray.setToolTip(toolTip);
      // On Linux a menu that is set anew closes under the pointer.
      if (menu !== shownMenu) tray.setContextMenu(Menu.buildFromTemplate([...template]));
      shownMenu = menu;
      shownToolTip = toolTip;
    },
    close: () => tray.destroy(),
  };
}
