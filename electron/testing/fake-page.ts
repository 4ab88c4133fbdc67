import { EventEmitter } from 'node:events';
import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import type { PageDoor } from '../main/answer-pages.ts';

type Listener = (event: IpcMainEvent & IpcMainInvokeEvent, ...messages: unknown[]) => unknown;

/** One end of a channel, as Electron's: what is posted is cloned and arrives later; closing either end closes both. */
class FakePort extends EventEmitter {
  other: FakePort | null = null;
  isClosed = false;

  start(): void {
    // Nothing waits here: a page posts after it has its end.
  }

  postMessage(message: unknown): void {
    const data: unknown = structuredClone(message);
    queueMicrotask(() => {
      if (!this.isClosed) this.other?.emit('message', { data });
    });
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    queueMicrotask(() => this.emit('close'));
    this.other?.close();
  }
}

/** The sender of a page's messages, with the members that the main process asks. */
class FakeContents extends EventEmitter {
  readonly mainFrame = { url: 'app://sotto/' };
  readonly ports: FakePort[] = [];
  isGone = false;

  isDestroyed(): boolean {
    return this.isGone;
  }

  postMessage(_channel: string, _message: unknown, ports: readonly FakePort[] = []): void {
    this.ports.push(...ports);
  }
}

/** The main process's side of Electron's messages, and pages that speak to it from the other side. */
export class FakePageDoor {
  readonly contents = new FakeContents();
  /** What the clock shows, in milliseconds. */
  timeMs = 0;
  readonly #listeners = new Map<string, Listener>();

  /** For `answerPages`. */
  readonly door: PageDoor = {
    // Stands in for the members that are used; Electron's events have many more.
    ipcMain: {
      on: (channel: string, listener: Listener) => this.#listeners.set(channel, listener),
      handle: (channel: string, listener: Listener) => this.#listeners.set(channel, listener),
    } as unknown as PageDoor['ipcMain'],
    createChannel: () => {
      const port1 = new FakePort();
      const port2 = new FakePort();
      port1.other = port2;
      port2.other = port1;
      return { port1, port2 };
    },
    nowMs: () => this.timeMs,
  };

  get channels(): string[] {
    return [...this.#listeners.keys()];
  }

  /** Sends as the page's own main frame, or as `frame`. */
  async send(
    channel: string,
    messages: readonly unknown[],
    frame: object | null = this.contents.mainFrame,
  ): Promise<unknown> {
    const cloned = messages.map((message): unknown => structuredClone(message));
    const event = { sender: this.contents, senderFrame: frame } as unknown as IpcMainEvent & IpcMainInvokeEvent;
    return await this.#listeners.get(channel)?.(event, ...cloned);
  }

  /** A new line of the page; the one before ends. */
  async connect(): Promise<PageEnd> {
    await this.send('sotto-connect', []);
    const port = this.contents.ports.at(-1);
    if (port === undefined) throw new Error('No port came');
    return new PageEnd(port);
  }
}

/** The page's end of a line. */
export class PageEnd {
  readonly received: unknown[] = [];
  isClosed = false;
  readonly #port: FakePort;
  readonly #waiting = new Set<() => void>();

  constructor(port: FakePort) {
    this.#port = port;
    port.on('message', ({ data }: { data: unknown }) => {
      this.received.push(data);
      this.#wake();
    });
    port.on('close', () => {
      this.isClosed = true;
      this.#wake();
    });
  }

  post(message: unknown): void {
    this.#port.postMessage(message);
  }

  close(): void {
    this.#port.close();
  }

  /** Resolves when something came or the line ended since. */
  async next(): Promise<void> {
    if (this.isClosed) return;
    await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
