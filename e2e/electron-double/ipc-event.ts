import type Electron from 'electron';
import type { MessagePortMainDouble } from './message-port-main.ts';
import { asElectron } from './partial-electron.ts';
import { strictObject } from './strict.ts';

type Sender = { readonly sender: Electron.WebContents; readonly senderFrame: Electron.WebFrameMain };

/** The event of `ipcMain.on`. */
export function createIpcMainEvent(from: Sender, ports: readonly MessagePortMainDouble[]): Electron.IpcMainEvent {
  const held = ports.map((port) => asElectron<Electron.MessagePortMain>(port));
  return asElectron<Electron.IpcMainEvent>(strictObject('IpcMainEvent', { ...from, ports: held }));
}

/** The event of `ipcMain.handle`. */
export function createIpcMainInvokeEvent(from: Sender): Electron.IpcMainInvokeEvent {
  return asElectron<Electron.IpcMainInvokeEvent>(strictObject('IpcMainInvokeEvent', { ...from }));
}
