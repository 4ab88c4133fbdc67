import type { DevToolsSession } from './devtools-session.ts';
import { MessagePortMainDouble, takePorts } from './message-port-main.ts';
import { decodeClone, encodeClone } from './page/clone-codec.ts';
import { PortBridge } from './page/port-bridge.ts';
import type { MainMessage, PreloadMessage } from './page/preload-message.ts';

/** Name of the preload's isolated world, for Chromium. */
export const preloadWorldName = 'electron-double-preload';

/** A message of a preload that is for the app: ports are handled by the link itself. */
export type AppMessage = Exclude<PreloadMessage, { readonly port: string }>;

const deliverInPage = '(text) => { globalThis.__electronDoubleIn(text); }';

/** The messages between the main process and the preload of the document that a page shows. */
export class PreloadLink {
  readonly #bridge = new PortBridge('main', (frame) => this.send(frame));
  readonly #onMessage: (message: AppMessage) => void;
  #devTools: DevToolsSession | undefined;
  #contextId: number | undefined;
  #outbox: MainMessage[] = [];
  #isSending = false;

  constructor(onMessage: (message: AppMessage) => void) {
    this.#onMessage = onMessage;
  }

  /** Follows the preload's world of the top frame through reloads. */
  async open(devTools: DevToolsSession, topFrameId: string): Promise<void> {
    this.#devTools = devTools;
    devTools.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name !== preloadWorldName || context.auxData?.['frameId'] !== topFrameId) return;
      this.#bridge.closeAll();
      this.#contextId = context.id;
      void this.#flush();
    });
    devTools.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this.#contextId) this.close();
    });
    devTools.on('Runtime.bindingCalled', ({ payload, executionContextId }) => {
      if (executionContextId === this.#contextId) this.#receive(payload);
    });
    devTools.on('Runtime.exceptionThrown', ({ exceptionDetails: { executionContextId, exception, text } }) => {
      if (executionContextId !== this.#contextId) return;
      process.stderr.write(`In the preload: ${exception?.description ?? text}\n`);
    });
    await devTools.send('Runtime.addBinding', { name: '__electronDoubleOut', executionContextName: preloadWorldName });
  }

  /** The document is gone, and with it every port that it held. */
  close(): void {
    this.#contextId = undefined;
    this.#outbox = [];
    this.#bridge.closeAll();
  }

  /** Sends a message for `ipcRenderer.on`; the ports go over with it. Throws for what cannot be cloned. */
  sendToChannel(channel: string, args: readonly unknown[], transfer: readonly object[] = []): void {
    const ports = takePorts(transfer).map((port) => this.#bridge.attach(port));
    this.send({ kind: 'send', channel, args: structuredClone(args), ports });
  }

  send(message: MainMessage): void {
    this.#outbox.push(message);
    void this.#flush();
  }

  /** The main process's end of a port that the preload sent. */
  adoptPort(id: string): MessagePortMainDouble {
    return new MessagePortMainDouble(this.#bridge.adopt(id));
  }

  #receive(payload: string): void {
    // The text was encoded by isolated-world.ts in a world that page scripts cannot reach.
    for (const message of decodeClone(payload) as readonly PreloadMessage[]) {
      if ('port' in message) this.#bridge.receive(message);
      else this.#onMessage(message);
    }
  }

  /** One delivery at a time; what is sent meanwhile goes with the next, because each costs a round trip. */
  async #flush(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    await Promise.resolve();
    while (this.#outbox.length > 0 && this.#devTools && this.#contextId !== undefined) {
      const text = encodeClone(this.#outbox);
      this.#outbox = [];
      await this.#devTools
        .send('Runtime.callFunctionOn', {
          functionDeclaration: deliverInPage,
          arguments: [{ value: text }],
          executionContextId: this.#contextId,
        })
        // The document may go while a message is on its way: its ports are closed then, as in Electron.
        .catch(() => undefined);
    }
    this.#isSending = false;
  }
}
