import type Electron from 'electron';
import { app, type AppDouble } from './app.ts';
import { BrowserWindowDouble, webContents } from './browser-window.ts';
import { clipboard, ClipboardItemDouble } from './clipboard.ts';
import { dialog, nativeTheme, powerMonitor, shell, systemPreferences } from './desktop.ts';
import { globalShortcut } from './global-shortcut.ts';
import { ipcMain } from './ipc-main.ts';
import { MenuDouble, type MenuItemDouble } from './menu.ts';
import { MessageChannelMainDouble, type MessagePortMainDouble } from './message-port-main.ts';
import { nativeImage, type NativeImageDouble } from './native-image.ts';
import { NotificationDouble } from './notification.ts';
import type { Extra, None, Partly, PartlyMembers } from './partial-electron.ts';
import { screen } from './screen.ts';
import { protocol, session } from './session.ts';
import { strictObject } from './strict.ts';
import { TrayDouble } from './tray.ts';
import { utilityProcess, type UtilityProcessDouble } from './utility-process.ts';
import type { WebContentsDouble } from './web-contents.ts';

type Whole = typeof import('electron');

/** Declared as classes in electron.d.ts, used by their static members. */
type Namespaces = 'nativeImage' | 'session' | 'utilityProcess' | 'webContents';

const surface = {
  app,
  BrowserWindow: BrowserWindowDouble,
  clipboard,
  ClipboardItem: ClipboardItemDouble,
  dialog,
  globalShortcut,
  ipcMain,
  Menu: MenuDouble,
  MessageChannelMain: MessageChannelMainDouble,
  nativeImage,
  nativeTheme,
  Notification: NotificationDouble,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  systemPreferences,
  Tray: TrayDouble,
  utilityProcess,
  webContents,
} satisfies Partly<Omit<Whole, Namespaces>> & { readonly [Name in Namespaces]: PartlyMembers<Whole[Name]> };

/**
 * Fails to compile when the double has a public member that Electron has not: a misspelling, or one that was removed.
 * @public read by the compiler alone
 */
export type OnlyElectronMembers = [
  None<Extra<AppDouble, Electron.App>>,
  None<Extra<AppDouble['commandLine'], Electron.CommandLine>>,
  None<Extra<NonNullable<AppDouble['dock']>, Electron.Dock>>,
  None<Extra<BrowserWindowDouble, Electron.BrowserWindow>>,
  None<Extra<typeof BrowserWindowDouble, Whole['BrowserWindow']>>,
  None<Extra<typeof MenuDouble, Whole['Menu']>>,
  None<Extra<typeof session, Whole['session']>>,
  None<Extra<typeof utilityProcess, Whole['utilityProcess']>>,
  None<Extra<typeof webContents, Whole['webContents']>>,
  None<Extra<WebContentsDouble, Electron.WebContents>>,
  None<Extra<typeof clipboard, Electron.Clipboard>>,
  None<Extra<ClipboardItemDouble, Electron.ClipboardItem>>,
  None<Extra<typeof globalShortcut, Electron.GlobalShortcut>>,
  None<Extra<typeof nativeImage, Whole['nativeImage']>>,
  None<Extra<NativeImageDouble, Electron.NativeImage>>,
  None<Extra<NotificationDouble, Electron.Notification>>,
  None<Extra<TrayDouble, Electron.Tray>>,
  None<Extra<typeof screen, Electron.Screen>>,
  None<Extra<typeof systemPreferences, Electron.SystemPreferences>>,
  None<Extra<typeof dialog, Electron.Dialog>>,
  None<Extra<typeof ipcMain, Electron.IpcMain>>,
  None<Extra<MenuDouble, Electron.Menu>>,
  None<Extra<MenuItemDouble, Electron.MenuItem>>,
  None<Extra<MessageChannelMainDouble, Electron.MessageChannelMain>>,
  None<Extra<MessagePortMainDouble, Electron.MessagePortMain>>,
  None<Extra<typeof nativeTheme, Electron.NativeTheme>>,
  None<Extra<typeof powerMonitor, Electron.PowerMonitor>>,
  None<Extra<typeof protocol, Electron.Protocol>>,
  None<Extra<typeof session.defaultSession, Electron.Session>>,
  None<Extra<typeof session.defaultSession.webRequest, Electron.WebRequest>>,
  None<Extra<typeof shell, Electron.Shell>>,
  None<Extra<UtilityProcessDouble, Electron.UtilityProcess>>,
];

/** The module that the main bundle and Playwright get for `electron`. */
export const electron = strictObject('main', surface);
