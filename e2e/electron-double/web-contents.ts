import type Electron from 'electron';
import { createIpcMainEvent, createIpcMainInvokeEvent } from './ipc-event.ts';
import { ipcMainDispatch } from './ipc-main.ts';
import { PageTarget, type PageSize } from './page-target.ts';
import { asElectron } from './partial-electron.ts';
import type { AppMessage } from './preload-link.ts';
import { defaultSession } from './session.ts';
import { strictEmitter, strictObject } from './strict.ts';

type WindowOpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];

const events = [
  'did-finish-load',
  'render-process-gone',
  'will-navigate',
  'will-frame-navigate',
  'will-redirect',
  // Listened to by careful apps; the double's pages have no webviews.
  'will-attach-webview',
  'destroyed',
  // A spec emits it: nothing is drawn that could be clicked with the other button.
  'context-menu',
];

/** Electron's WebContents. */
export class WebContentsDouble extends strictEmitter('WebContents', events) {
  readonly id: number;
  readonly session = defaultSession;
  readonly mainFrame: Electron.WebFrameMain;
  readonly #page: PageTarget;
  #windowOpenHandler: WindowOpenHandler | undefined;

  constructor(id: number, preloadPath: string | undefined, size: PageSize) {
    super();
    this.id = id;
    const page = new PageTarget(
      {
        contents: asElectron<Electron.WebContents>(this),
        emit: (event, ...args) => void this.emit(event, ...args),
        onClosed: () => void this.emit('destroyed'),
        onMessage: (message) => this.#deliver(message),
        windowOpenAction: (details) => this.#windowOpenHandler?.(details).action ?? 'allow',
      },
      preloadPath,
      size,
    );
    this.#page = page;
    const mainFrame = strictObject('WebFrameMain', {
      get url(): string {
        return page.appUrl;
      },
    });
    this.mainFrame = asElectron<Electron.WebFrameMain>(mainFrame);
  }

  /** As Electron's: who does not wait for the load is not bothered with its failure. */
  loadURL(url: string): Promise<void> {
    this.#assertAlive();
    const loaded = this.#page.load(url);
    loaded.catch(() => undefined);
    return loaded;
  }

  getURL(): string {
    return this.#page.appUrl;
  }

  isDestroyed(): boolean {
    return this.#page.isClosed;
  }

  isLoading(): boolean {
    return this.#page.isLoading;
  }

  focus(): void {
    this.#assertAlive();
    this.#page.focus().catch(() => undefined);
  }

  /** Chromium never answers: the page is gone with the question. */
  forcefullyCrashRenderer(): void {
    this.#assertAlive();
    this.#page.crash().catch(() => undefined);
  }

  reload(): void {
    this.#assertAlive();
    // A window that closes meanwhile needs no reload.
    this.#page.reload().catch(() => undefined);
  }

  send(channel: string, ...args: readonly unknown[]): void {
    this.#assertAlive();
    this.#page.link.sendToChannel(channel, args);
  }

  postMessage(channel: string, message: unknown, transfer: readonly Electron.MessagePortMain[] = []): void {
    this.#assertAlive();
    this.#page.link.sendToChannel(channel, [message], transfer);
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#windowOpenHandler = handler;
  }

  async executeJavaScript(code: string): Promise<unknown> {
    this.#assertAlive();
    return this.#page.evaluate(code);
  }

  /** For Playwright's `page.close()`: the window goes with its page, as it does in Electron. */
  close(): void {
    void this.#page.close();
  }

  /** For the window of these contents. */
  static pageOf(contents: WebContentsDouble): PageTarget {
    return contents.#page;
  }

  #deliver(message: AppMessage): void {
    const from = { sender: asElectron<Electron.WebContents>(this), senderFrame: this.mainFrame };
    if (message.kind === 'send') {
      const ports = message.ports.map((id) => this.#page.link.adoptPort(id));
      ipcMainDispatch.deliver(message.channel, createIpcMainEvent(from, ports), message.args);
      return;
    }
    const { call } = message;
    const settle = (isOk: boolean) => (value: unknown) =>
      this.#page.link.send({ kind: 'invoke-result', call, isOk, value });
    const answer = ipcMainDispatch.answer(message.channel, createIpcMainInvokeEvent(from), message.args);
    answer.then(settle(true), settle(false)).catch(() => undefined);
  }

  #assertAlive(): void {
    if (this.#page.isClosed) throw new TypeError('Object has been destroyed');
  }
}
