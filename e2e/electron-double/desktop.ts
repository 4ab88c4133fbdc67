import type Electron from 'electron';
import { addToDesk } from './desk.ts';
import { strictEmitter, strictObject } from './strict.ts';
import { WebContentsDouble } from './web-contents.ts';
import { windowRegistry } from './window-registry.ts';

/** Electron's shell. Nothing leaves the test: a spec that wants to know replaces the function, as in real Electron. */
export const shell = strictObject('shell', {
  openExternal: async (_url: string): Promise<void> => undefined,
  showItemInFolder: (_path: string): void => undefined,
});

type OneOrTwo<Options> = readonly [Options] | readonly [Electron.BaseWindow, Options];

/** Electron's dialog: nobody is there to answer, so each one is cancelled unless a spec replaces the function. */
export const dialog = strictObject('dialog', {
  showOpenDialog: async (..._all: OneOrTwo<Electron.OpenDialogOptions>): Promise<Electron.OpenDialogReturnValue> => ({
    canceled: true,
    filePaths: [],
  }),
  showMessageBox: async (...all: OneOrTwo<Electron.MessageBoxOptions>): Promise<Electron.MessageBoxReturnValue> => {
    const options = all.length === 1 ? all[0] : all[1];
    return { response: options.cancelId ?? options.defaultId ?? 0, checkboxChecked: options.checkboxChecked ?? false };
  },
  showErrorBox: (title: string, content: string): void => void process.stderr.write(`${title}: ${content}\n`),
});

type ThemeSource = 'system' | 'light' | 'dark';

/** Electron's nativeTheme. The system is light; pages follow a source that the app sets. */
export class NativeThemeDouble extends strictEmitter('nativeTheme', ['updated']) {
  #source: ThemeSource = 'system';

  constructor() {
    super();
    windowRegistry.onCreated((window) => {
      if (this.#source !== 'system') queueMicrotask(() => this.#apply(window.webContents));
    });
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }

  get themeSource(): ThemeSource {
    return this.#source;
  }

  set themeSource(source: ThemeSource) {
    if (source === this.#source) return;
    this.#source = source;
    for (const window of windowRegistry.list()) this.#apply(window.webContents);
    this.emit('updated', {});
  }

  #apply(contents: WebContentsDouble): void {
    const scheme = this.#source === 'system' ? undefined : this.#source;
    // A window that closes meanwhile needs no theme.
    WebContentsDouble.pageOf(contents)
      .setColorScheme(scheme)
      .catch(() => undefined);
  }
}

export const nativeTheme = new NativeThemeDouble();

/** Electron's powerMonitor: the machine is on mains until a spec lets something else happen at the desk. */
export class PowerMonitorDouble extends strictEmitter('powerMonitor', [
  'suspend',
  'resume',
  'lock-screen',
  'unlock-screen',
  'on-ac',
  'on-battery',
  'shutdown',
]) {
  #isOnBattery = false;

  constructor() {
    super();
    addToDesk({
      emitPower: (event) => {
        if (event === 'on-battery' || event === 'on-ac') this.#isOnBattery = event === 'on-battery';
        this.emit(event, {});
      },
    });
  }

  isOnBatteryPower(): boolean {
    return this.#isOnBattery;
  }
}

export const powerMonitor = new PowerMonitorDouble();

/** Electron's systemPreferences, of which this system has what every system has. */
export const systemPreferences = strictObject('systemPreferences', {
  isTrustedAccessibilityClient: (_prompt: boolean): boolean => true,
});
