import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type Electron from 'electron';
import { AppPaths, readAppManifest } from './app-paths.ts';
import { LifeCycle } from './life-cycle.ts';
import { SingleInstanceLock } from './single-instance-lock.ts';
import { strictEmitter, strictObject } from './strict.ts';
import { windowRegistry } from './window-registry.ts';

const events = [
  'ready',
  'before-quit',
  'will-quit',
  'quit',
  'window-all-closed',
  'second-instance',
  'web-contents-created',
  // macOS only: an app listens, and nothing here emits them.
  'activate',
  'open-url',
  'open-file',
  // Nothing here asks for a certificate or a password.
  'certificate-error',
  'select-client-certificate',
  'login',
  // The end of a process is told by its contents; the app's own word of it is not needed here.
  'render-process-gone',
  'child-process-gone',
];

/** The switches of the command line, `--name` or `--name=value`. */
function readSwitches(argv: readonly string[]): Map<string, string> {
  const switches = new Map<string, string>();
  for (const argument of argv) {
    const [, name, value = ''] = /^--([^=]+)=?(.*)$/s.exec(argument) ?? [];
    if (name !== undefined) switches.set(name, value);
  }
  return switches;
}

/** The app is the first argument that is not a switch, as for Electron. */
const appArgument = (): string => process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.';

/** Electron's app; `ELECTRON_DOUBLE_PACKAGED=1` makes it one that was installed. */
export class AppDouble extends strictEmitter('app', events) {
  readonly isPackaged = process.env['ELECTRON_DOUBLE_PACKAGED'] === '1';
  readonly #manifest = readAppManifest(appArgument());
  readonly #paths = new AppPaths();
  readonly #switches = readSwitches(process.argv);
  readonly #lifeCycle: LifeCycle;
  #name = this.#manifest.name;
  #lock: SingleInstanceLock | undefined;
  #nextStart: Electron.RelaunchOptions | undefined;
  #opensAtLogin = false;
  #isHidden = false;

  /** Only macOS has one. */
  readonly dock =
    process.platform === 'darwin' ? strictObject('Dock', { setMenu: (_menu: object): void => undefined }) : undefined;

  readonly commandLine = strictObject('CommandLine', {
    appendSwitch: (name: string, value = ''): void => void this.#switches.set(name, value),
    hasSwitch: (name: string): boolean => this.#switches.has(name),
    getSwitchValue: (name: string): string => this.#switches.get(name) ?? '',
  });

  constructor() {
    super();
    this.#lifeCycle = new LifeCycle({
      emit: (event, ...args) => void this.emit(event, ...args),
      hasListeners: (event) => this.listenerCount(event) > 0,
      profileFolder: () => this.getPath('sessionData'),
      locale: () => this.getLocale(),
      beforeExit: () => this.#beforeExit(),
    });
    windowRegistry.onCreated((window) => {
      // The window is being constructed; its contents exist when this turn ends.
      queueMicrotask(() => this.emit('web-contents-created', {}, window.webContents));
    });
  }

  getName(): string {
    return this.#name;
  }

  setName(name: string): void {
    this.#name = name;
  }

  getVersion(): string {
    return this.#manifest.version;
  }

  getAppPath(): string {
    return this.#manifest.root;
  }

  getPath(name: string): string {
    return this.#paths.get(name, this.#name);
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  /** The language comes from `--lang`, as Electron's does. */
  getLocale(): string {
    return this.#switches.get('lang') ?? 'en-US';
  }

  getPreferredSystemLanguages(): string[] {
    return [this.getLocale()];
  }

  /** Of the main process alone; its windows and utility processes have none of their own here. */
  getAppMetrics(): { readonly cpu: { readonly cumulativeCPUUsage: number } }[] {
    const { user, system } = process.cpuUsage();
    return [{ cpu: { cumulativeCPUUsage: (user + system) / 1_000_000 } }];
  }

  /** Every window of the double is sandboxed: browser-window.ts refuses any other. */
  enableSandbox(): void {
    if (this.#lifeCycle.isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
  }

  isReady(): boolean {
    return this.#lifeCycle.isReady;
  }

  async whenReady(): Promise<void> {
    this.#lifeCycle.start();
    await this.#lifeCycle.ready.promise;
  }

  requestSingleInstanceLock(additionalData: Record<string, unknown> = {}): boolean {
    const self = { argv: process.argv, workingDirectory: process.cwd(), additionalData };
    const lock = new SingleInstanceLock(this.getPath('userData'));
    const isFirst = lock.acquire(self, (second) => {
      // Never before `ready`, as Electron promises.
      void this.#lifeCycle.ready.promise.then(() =>
        this.emit('second-instance', {}, second.argv, second.workingDirectory, second.additionalData),
      );
    });
    if (isFirst) this.#lock = lock;
    return isFirst;
  }

  /** In memory only: no session starts anything by it. */
  getLoginItemSettings(_options?: Electron.LoginItemSettingsOptions): Partial<Electron.LoginItemSettings> {
    return strictObject('LoginItemSettings', { openAtLogin: this.#opensAtLogin, wasOpenedAtLogin: false });
  }

  setLoginItemSettings({ openAtLogin = false }: Electron.Settings): void {
    this.#opensAtLogin = openAtLogin;
  }

  /** As macOS does with all windows of an app; they come back with it. */
  hide(): void {
    this.#isHidden = true;
    windowRegistry.setFocused(undefined);
  }

  show(): void {
    this.#isHidden = false;
  }

  isHidden(): boolean {
    return this.#isHidden;
  }

  /** The next start begins when this one has ended. */
  relaunch(options: Electron.RelaunchOptions = {}): void {
    this.#nextStart = options;
  }

  quit(): void {
    this.#lifeCycle.quit();
  }

  exit(code = 0): void {
    this.#lifeCycle.exit(code);
  }

  #beforeExit(): void {
    this.#lock?.release();
    if (this.#nextStart === undefined) return;
    const { execPath = join(import.meta.dirname, 'electron'), args = process.argv.slice(1) } = this.#nextStart;
    spawn(execPath, args, { detached: true, stdio: 'ignore' }).unref();
  }

  /** For run-main.ts: the main bundle has run to its end. */
  static begin(app: AppDouble): void {
    app.#lifeCycle.start();
  }

  /** For run-main.ts: the file to run. */
  static entryPath(app: AppDouble): string {
    return app.#manifest.entryPath;
  }
}

export const app = new AppDouble();
