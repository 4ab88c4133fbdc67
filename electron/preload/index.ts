import { contextBridge, ipcRenderer, webUtils } from 'electron';

/** Just the members of the page's window that are used: there are no types of the page's world in this project. */
declare const window: {
  readonly location: { readonly origin: string };
  postMessage(message: string, targetOrigin: string, transfer: readonly object[]): void;
};

ipcRenderer.on('sotto-port', (event) => {
  // Ports cannot pass the bridge, so the page gets its own by a message that only its own origin can read.
  window.postMessage('sotto-port', window.location.origin, event.ports);
});

contextBridge.exposeInMainWorld('sotto', {
  connect: () => ipcRenderer.send('sotto-connect'),
  // Typed by Electron as the page's File, which the path is read from; the path itself never reaches the page.
  ticketFor: (file: Parameters<typeof webUtils.getPathForFile>[0]): Promise<unknown> =>
    ipcRenderer.invoke('sotto-ticket', webUtils.getPathForFile(file)),
  folderTicketFor: (folder: Parameters<typeof webUtils.getPathForFile>[0]): Promise<unknown> =>
    ipcRenderer.invoke('sotto-folder-ticket', webUtils.getPathForFile(folder)),
});
