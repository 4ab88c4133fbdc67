import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { strictObject } from './strict.ts';

type InvokeHandler = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown;
type SendListener = (event: Electron.IpcMainEvent, ...args: unknown[]) => void;

/** Delivers what preloads send to what the app registered on `ipcMain`. */
class IpcMainDispatch {
  readonly #handlers = new Map<string, InvokeHandler>();
  readonly #listeners = new EventEmitter();

  handle(channel: string, handler: InvokeHandler): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#handlers.set(channel, handler);
  }

  on(channel: string, listener: SendListener): void {
    this.#listeners.on(channel, listener);
  }

  deliver(channel: string, event: Electron.IpcMainEvent, args: readonly unknown[]): void {
    this.#listeners.emit(channel, event, ...args);
  }

  /** The handler's result, cloned; rejects with the words that Electron uses in the page. */
  async answer(channel: string, event: Electron.IpcMainInvokeEvent, args: readonly unknown[]): Promise<unknown> {
    const failed = `Error invoking remote method '${channel}'`;
    const handler = this.#handlers.get(channel);
    if (!handler) throw new Error(`${failed}: Error: No handler registered for '${channel}'`);
    try {
      return structuredClone(await handler(event, ...args));
    } catch (error) {
      throw new Error(`${failed}: ${String(error)}`, { cause: error });
    }
  }
}

export const ipcMainDispatch = new IpcMainDispatch();

/** Electron's ipcMain. */
export const ipcMain = strictObject('ipcMain', {
  handle: (channel: string, handler: InvokeHandler): void => ipcMainDispatch.handle(channel, handler),
  on: (channel: string, listener: SendListener): object => {
    ipcMainDispatch.on(channel, listener);
    return ipcMain;
  },
});
