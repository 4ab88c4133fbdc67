/** Runs in the preload's isolated world of a page and gives the preload bundle its `require('electron')`. */
import type Electron from 'electron';
import type { Partly } from '../partial-electron.ts';
import { decodeClone, encodeClone } from './clone-codec.ts';
import { createContextBridge } from './context-bridge.ts';
import { PortBridge } from './port-bridge.ts';
import type { FilePathQuestion, MainMessage, PreloadMessage, PreloadOptions } from './preload-message.ts';

type Listener = (event: object, ...args: readonly unknown[]) => void;
type Post = (message: PreloadMessage) => void;
/** A preload bundle as a CommonJS module. */
type Preload = (require: (name: string) => object, process: object, module: object, exports: object) => void;

/** A DevTools binding, taken off the global object before the preload runs. */
declare const __electronDoubleOut: (text: string) => void;

/** Throws for a member that the double does not have. */
function strictInPage<Members extends object>(name: string, members: Members): Members {
  return new Proxy(members, {
    get(held, key) {
      if (typeof key === 'string' && !(key in held) && key !== 'then' && key !== 'toJSON') {
        throw new Error(`electron.${name}.${key} is not part of the test double`);
      }
      return Reflect.get(held, key) as unknown;
    },
  });
}

/** Sends everything that is posted in one turn as one text: each DevTools event costs far more than a message. */
function createOutbox(out: (text: string) => void): Post {
  let batch: PreloadMessage[] = [];
  const nextTurn = new MessageChannel();
  nextTurn.port1.onmessage = () => {
    const sent = batch;
    batch = [];
    out(encodeClone(sent));
  };
  return (message) => {
    batch.push(structuredClone(message));
    if (batch.length === 1) nextTurn.port2.postMessage(null);
  };
}

/**
 * Asks the main process for the path of a dropped or chosen file, and waits. A page has one synchronous way out: the
 * debugger, which the main process holds. It knows this function by its name, writes the answer and lets it go on.
 */
function electronDoubleFilePath(file: File): string {
  const question: FilePathQuestion = { file, answer: '' };
  // oxlint-disable-next-line no-debugger -- this stop is the question
  debugger;
  return question.answer;
}

class IpcRendererLink {
  readonly #post: Post;
  readonly #bridge: PortBridge;
  readonly #listeners = new Map<string, Listener[]>();
  readonly #calls = new Map<number, PromiseWithResolvers<unknown>>();
  #lastCall = 0;

  constructor(post: Post) {
    this.#post = post;
    this.#bridge = new PortBridge('page', post);
  }

  readonly ipcRenderer = strictInPage('ipcRenderer', {
    on: (channel: string, listener: Listener): object => {
      this.#listeners.set(channel, [...(this.#listeners.get(channel) ?? []), listener]);
      return this.ipcRenderer;
    },
    send: (channel: string, ...args: readonly unknown[]): void => {
      this.#post({ kind: 'send', channel, args, ports: [] });
    },
    postMessage: (channel: string, message: unknown, transfer: readonly MessagePort[] = []): void => {
      const ports = transfer.map((port) => this.#bridge.attach(port));
      this.#post({ kind: 'send', channel, args: [message], ports });
    },
    invoke: async (channel: string, ...args: readonly unknown[]): Promise<unknown> => {
      this.#lastCall += 1;
      const result = Promise.withResolvers<unknown>();
      this.#calls.set(this.#lastCall, result);
      this.#post({ kind: 'invoke', channel, args, call: this.#lastCall });
      return result.promise;
    },
  } satisfies Partly<Electron.IpcRenderer>);

  receive(message: MainMessage): void {
    if (message.kind === 'send') this.#dispatch(message.channel, message.args, message.ports);
    else if (message.kind === 'invoke-result') this.#settle(message.call, message.isOk, message.value);
    else this.#bridge.receive(message);
  }

  #dispatch(channel: string, args: readonly unknown[], portIds: readonly string[]): void {
    const ports = portIds.map((id) => this.#bridge.adopt(id));
    const event = strictInPage('IpcRendererEvent', { sender: this.ipcRenderer, ports });
    for (const listener of this.#listeners.get(channel) ?? []) listener(event, ...args);
  }

  #settle(call: number, isOk: boolean, value: unknown): void {
    const result = this.#calls.get(call);
    this.#calls.delete(call);
    if (isOk) result?.resolve(value);
    else result?.reject(value instanceof Error ? value : new Error(String(value)));
  }
}

/** Runs a preload bundle; the main process calls what is returned with each text that it sends. */
export function startPreload(options: PreloadOptions, preload: Preload): (text: string) => void {
  const out = __electronDoubleOut;
  Reflect.deleteProperty(globalThis, '__electronDoubleOut');
  const link = new IpcRendererLink(createOutbox(out));
  const electron = strictInPage('renderer', {
    ipcRenderer: link.ipcRenderer,
    contextBridge: strictInPage('contextBridge', createContextBridge(options.bridgeName)),
    webUtils: strictInPage('webUtils', { getPathForFile: electronDoubleFilePath }),
  } satisfies Partly<typeof import('electron')>);
  const require = (name: string): object => {
    if (name === 'electron' || name === 'electron/renderer') return electron;
    throw new Error(`module not found: ${name}`);
  };
  const process = { platform: options.platform, type: 'renderer', sandboxed: true, contextIsolated: true };
  const module = { exports: {} };
  preload(require, process, module, module.exports);
  // A text is a list that preload-link.ts encoded.
  return (text) => (decodeClone(text) as readonly MainMessage[]).forEach((message) => link.receive(message));
}
