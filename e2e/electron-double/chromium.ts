import { spawn, type ChildProcess } from 'node:child_process';
import { Readable, Writable } from 'node:stream';
import { DevToolsSession } from './devtools-session.ts';

const closeTimeoutMs = 2_000;

/** How to start the browser: its executable, the folder of its profile, and the language of its pages. */
export type ChromiumOptions = {
  readonly executablePath: string;
  readonly profileFolder: string;
  readonly locale: string;
};

const switches = ({ profileFolder, locale }: ChromiumOptions): readonly string[] => [
  '--headless',
  '--no-startup-window',
  // Two doors: the port is Playwright's, the pipe ours. Chromium ends when the pipe closes, so it outlives nobody.
  '--remote-debugging-port=0',
  '--remote-debugging-pipe',
  // A window that a page opens is announced and never made, which is what a refusing window-open handler does.
  '--block-new-web-contents',
  `--user-data-dir=${profileFolder}`,
  `--lang=${locale}`,
  `--accept-lang=${locale}`,
  '--no-sandbox',
  '--no-first-run',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
  '--disable-dev-shm-usage',
  '--password-store=basic',
];

type Waiting = { readonly resolve: (result: unknown) => void; readonly reject: (error: Error) => void };

/** What Chromium writes: the answer to a command (with an id) or an event (with a method). */
type WireMessage = {
  readonly id?: number;
  readonly result?: object;
  readonly error?: { readonly message: string };
  readonly method?: string;
  readonly params?: object;
  readonly sessionId?: string;
};

/** A running headless Chromium and the DevTools connection to it. */
export class Chromium {
  readonly browser = new DevToolsSession((method, params) => this.#send(method, params, undefined), undefined);
  readonly #child: ChildProcess;
  readonly #toChromium: Writable;
  readonly #sessions = new Map<string, DevToolsSession>();
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  private constructor(child: ChildProcess, toChromium: Writable, fromChromium: Readable) {
    this.#child = child;
    this.#toChromium = toChromium;
    // The pipe breaks when Chromium ends; its exit is what is reported.
    toChromium.on('error', () => undefined);
    readZeroTerminated(fromChromium, (text) => this.#receive(text));
    child.once('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('Chromium has ended'));
      this.#waiting.clear();
    });
  }

  /** Starts Chromium and announces its DevTools port on stderr, where Playwright waits. Throws if it ends first. */
  static async start(options: ChromiumOptions): Promise<Chromium> {
    const child = spawn(options.executablePath, switches(options), {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
      // Without a UTF-8 locale Chromium finds no dropped file with a name beyond ASCII.
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });
    const endpoint = await devToolsEndpoint(child);
    const [, , , toChromium, fromChromium] = child.stdio;
    if (!(toChromium instanceof Writable) || !(fromChromium instanceof Readable))
      throw new Error('Chromium has no pipe');
    const chromium = new Chromium(child, toChromium, fromChromium);
    // Before Playwright says where they go, which holds then.
    await chromium.browser.send('Browser.setDownloadBehavior', { behavior: 'default', eventsEnabled: true });
    process.stderr.write(`\nDevTools listening on ${endpoint}\n`);
    return chromium;
  }

  async attach(targetId: string): Promise<DevToolsSession> {
    const { sessionId } = await this.browser.send('Target.attachToTarget', { targetId, flatten: true });
    const session = new DevToolsSession((method, params, id) => this.#send(method, params, id), sessionId);
    this.#sessions.set(sessionId, session);
    return session;
  }

  onExit(listener: () => void): void {
    this.#child.once('exit', listener);
  }

  /** Asks Chromium to end, then makes it. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    const deadline = setTimeout(() => this.kill(), closeTimeoutMs);
    this.browser.send('Browser.close').catch(() => this.kill());
    await ended;
    clearTimeout(deadline);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  async #send(method: string, params: object, sessionId: string | undefined): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#waiting.set(id, { resolve, reject: (error) => reject(new Error(`${method}: ${error.message}`)) });
    this.#toChromium.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return promise;
  }

  #receive(text: string): void {
    // Chromium is the trusted other end of a private pipe; the protocol declares these members.
    const message = JSON.parse(text) as WireMessage;
    if (message.id !== undefined) {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.error) waiting?.reject(new Error(message.error.message));
      else waiting?.resolve(message.result ?? {});
    } else if (message.method !== undefined) {
      const session = message.sessionId === undefined ? this.browser : this.#sessions.get(message.sessionId);
      session?.receive(message.method, message.params ?? {});
    }
  }
}

function devToolsEndpoint(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    // Everything is read, so that Chromium never blocks on a full pipe, but only the beginning is kept.
    if (text.length > 65_536) return;
    text += chunk.toString();
    const endpoint = /^DevTools listening on (ws:\S+)/m.exec(text)?.[1];
    if (endpoint !== undefined) resolve(endpoint);
  });
  child.once('error', reject);
  child.once('exit', () => reject(new Error(`Chromium did not start: ${text}`)));
  return promise;
}

/** Calls `onText` for each text of a stream in which every text ends with a zero byte. */
function readZeroTerminated(stream: Readable, onText: (text: string) => void): void {
  let pieces: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => {
    let start = 0;
    for (let end = chunk.indexOf(0, start); end >= 0; end = chunk.indexOf(0, start)) {
      pieces.push(chunk.subarray(start, end));
      const text = Buffer.concat(pieces).toString();
      pieces = [];
      start = end + 1;
      onText(text);
    }
    if (start < chunk.length) pieces.push(chunk.subarray(start));
  });
}
