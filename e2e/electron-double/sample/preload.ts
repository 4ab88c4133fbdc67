/** The preload of the sample app. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';

for (const name of ['port', 'direct-port']) {
  ipcRenderer.on(name, (event) => window.postMessage(name, '*', event.ports));
}

const outcomeOf = (act: () => unknown): string => {
  try {
    return String(act());
  } catch (error) {
    return String(error);
  }
};

contextBridge.exposeInMainWorld('sample', {
  platform: process.platform,
  list: [1, { two: 2 }],
  // oxlint-disable-next-line typescript/no-require-imports -- that it fails is what is tested
  nodeRefused: outcomeOf(() => require('node:fs')),
  memberRefused: outcomeOf(() => Reflect.get(ipcRenderer, 'sendSync')),
  connect: () => ipcRenderer.send('connect'),
  direct: () => ipcRenderer.send('direct'),
  greetByPort: async (greeting: string, text: string) => {
    const { port1, port2 } = new MessageChannel();
    ipcRenderer.postMessage('port-from-page', greeting, [port2]);
    const answer = new Promise((resolve) => {
      port1.onmessage = ({ data }) => resolve(data);
    });
    port1.postMessage(text);
    return answer;
  },
  same: (value: unknown) => ipcRenderer.invoke('same', value),
  fail: () => ipcRenderer.invoke('fail'),
  unknown: () => ipcRenderer.invoke('unknown'),
  choose: () => ipcRenderer.invoke('choose'),
  copy: (text: string) => ipcRenderer.invoke('copy', text),
  pathOf: (file: File) => webUtils.getPathForFile(file),
  add: (left: number, right: number) => left + right,
  twice: (callback: (value: number) => number) => callback(callback(1)),
  throws: () => {
    throw new TypeError('refused at once');
  },
});
