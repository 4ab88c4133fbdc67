import { mkdirSync } from 'node:fs';
import { Chromium } from './chromium.ts';
import { chromiumHost } from './chromium-host.ts';
import { createPreventableEvent } from './preventable-event.ts';
import { UtilityProcessDouble } from './utility-process.ts';
import { windowRegistry } from './window-registry.ts';

/** What the life cycle needs of `app`. */
export type LifeCycleOwner = {
  readonly emit: (event: string, ...args: readonly unknown[]) => void;
  readonly hasListeners: (event: string) => boolean;
  readonly profileFolder: () => string;
  readonly locale: () => string;
  readonly beforeExit: () => void;
};

/** Start and end of the app in Electron's order. */
export class LifeCycle {
  readonly ready: PromiseWithResolvers<void> = Promise.withResolvers<void>();
  readonly #owner: LifeCycleOwner;
  #chromium: Chromium | undefined;
  #isStarting = false;
  #isQuitting = false;
  #isEnding = false;

  constructor(owner: LifeCycleOwner) {
    this.#owner = owner;
    windowRegistry.onClosed(() => this.#afterWindowClosed());
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => this.quit());
  }

  get isReady(): boolean {
    return this.#chromium !== undefined;
  }

  /** Starts Chromium in the next turn, so that the main bundle can choose its folders in this one. Once. */
  start(): void {
    if (this.#isStarting) return;
    this.#isStarting = true;
    setImmediate(() => {
      this.#startChromium().catch((error: unknown) => {
        // Said here, because the app may log a rejection and go on waiting.
        process.stderr.write(`The double of Electron did not start: ${String(error)}\n`);
        process.exit(1);
      });
    });
  }

  quit(): void {
    if (this.#isQuitting || this.#isEnding) return;
    if (this.#isPrevented('before-quit')) return;
    this.#isQuitting = true;
    const windows = windowRegistry.list();
    for (const window of windows) window.close();
    if (windows.some((window) => !window.isDestroyed()))
      this.#isQuitting = false; // a window refused
    else if (windows.length === 0) this.#finish(); // else the last window's end does it
  }

  /** Ends without asking anybody. */
  exit(code = 0): void {
    if (this.#isEnding) return;
    this.#isQuitting = true;
    for (const window of windowRegistry.list()) window.destroy();
    void this.#end(code);
  }

  async #startChromium(): Promise<void> {
    if (this.#isEnding) return;
    const executablePath = process.env['ELECTRON_DOUBLE_CHROMIUM'];
    if (!executablePath) throw new Error('ELECTRON_DOUBLE_CHROMIUM must name the executable of a Chromium');
    const profileFolder = this.#owner.profileFolder();
    mkdirSync(profileFolder, { recursive: true });
    const chromium = await Chromium.start({ executablePath, profileFolder, locale: this.#owner.locale() });
    process.once('exit', () => chromium.kill());
    this.#chromium = chromium;
    if (this.#isEnding) return chromium.kill();
    chromium.onExit(() => {
      if (this.#isEnding) return;
      process.stderr.write('Chromium has ended by itself\n');
      process.exit(1);
    });
    chromiumHost.resolve(chromium);
    this.ready.resolve();
    this.#owner.emit('ready', {}, {});
  }

  #afterWindowClosed(): void {
    if (this.#isEnding || windowRegistry.list().length > 0) return;
    if (this.#isQuitting) this.#finish();
    else if (this.#owner.hasListeners('window-all-closed')) this.#owner.emit('window-all-closed');
    else this.quit();
  }

  #finish(): void {
    if (this.#isPrevented('will-quit')) this.#isQuitting = false;
    else void this.#end(0);
  }

  #isPrevented(name: 'before-quit' | 'will-quit'): boolean {
    const event = createPreventableEvent({});
    this.#owner.emit(name, event);
    return event.defaultPrevented;
  }

  async #end(code: number): Promise<void> {
    this.#isEnding = true;
    this.#owner.emit('quit', {}, code);
    await UtilityProcessDouble.endAll();
    await this.#chromium?.stop();
    this.#owner.beforeExit();
    process.exit(code);
  }
}
