/**
 * What `electron` resolves to, by import (the names) and by require (the object). A name that is missing here stops the
 * main bundle when it is linked.
 */
import { electron } from './surface.ts';

export const {
  app,
  BrowserWindow,
  clipboard,
  ClipboardItem,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  systemPreferences,
  Tray,
  utilityProcess,
  webContents,
} = electron;
// oxlint-disable-next-line import/no-default-export -- Electron's module has one, and bundles may import it
export default electron;
export { electron as 'module.exports' };
