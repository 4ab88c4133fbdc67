import { EventEmitter, once } from 'node:events';
import type { Desktop, DesktopActivity, DesktopCommand, DesktopNews } from '../platform/desktop.ts';
import { AppError } from '../shared/app-error.ts';
import type { DesktopState } from '../shared/desktop.ts';
import { untilAborted } from '../shared/until-aborted.ts';
import type { LoginItem } from './login-item.ts';
import type { QuickAskDesktop } from './quick-ask-desktop.ts';
import { createWindowRequests, type WindowRequests } from './window-requests.ts';

/** What there is once Electron is ready. */
export type NativeDesktop = {
  readonly quickAsk: Omit<QuickAskDesktop, 'owns' | 'prepare' | 'show' | 'close'>;
  readonly loginItem: LoginItem;
  readonly hasTray: boolean;
  readonly canNotify: boolean;
  readonly showMainWindow: () => void;
  readonly showActivity: (activity: DesktopActivity) => void;
  readonly notify: (work: DesktopNews) => void;
};

/** The desktop as the shell drives it. */
export interface ShellDesktop extends Desktop {
  readonly windowRequests: WindowRequests;
  readonly activity: DesktopActivity;
  readonly closesToTray: boolean;
  readonly locksWithScreen: boolean;
  /** Electron is ready. What was asked before is done now. */
  start(native: NativeDesktop): Promise<void>;
  /** Something of the state has become another. */
  changed(): void;
  /** Something was chosen in the tray. */
  command(command: DesktopCommand): void;
  /** Who waits for Electron waits no longer. */
  close(): void;
}

const atStart: DesktopActivity = {
  modelName: null,
  state: 'idle',
  isOffline: true,
  isIndexingPaused: false,
  progress: null,
};

/** Makes it, before Electron is ready: what is asked for by then waits. */
export function createDesktop(): ShellDesktop {
  return new StartedLater();
}

class StartedLater implements ShellDesktop {
  readonly windowRequests = createWindowRequests();
  readonly requests = this.windowRequests.requests;
  readonly #bell = new EventEmitter().setMaxListeners(0);
  readonly #native = Promise.withResolvers<NativeDesktop>();
  #current: NativeDesktop | null = null;
  #startsAtLogin: boolean | null = null;
  activity = atStart;
  closesToTray = false;
  locksWithScreen = false;

  async start(native: NativeDesktop): Promise<void> {
    this.#current = native;
    native.showActivity(this.activity);
    // A login item that cannot be read is none that anybody knows of.
    this.#startsAtLogin = await native.loginItem.isOn().catch(() => null);
    this.#native.resolve(native);
    this.changed();
  }

  close(): void {
    this.#native.promise.catch(() => undefined);
    this.#native.reject(new AppError('app/closing', 'Sotto is closing'));
  }

  changed(): void {
    this.#bell.emit('change');
  }

  command(command: DesktopCommand): void {
    this.#bell.emit('command', command);
  }

  async *watch(signal: AbortSignal): AsyncGenerator<DesktopState, void, void> {
    const native = await untilAborted(this.#native.promise, signal).catch(() => null);
    let told = '';
    while (native !== null && !signal.aborted) {
      const state = this.#state(native);
      const text = JSON.stringify(state);
      if (text === told) await this.#ring('change', signal);
      else {
        told = text;
        yield state;
      }
    }
  }

  async *commands(signal: AbortSignal): AsyncGenerator<DesktopCommand, void, void> {
    const waiting: DesktopCommand[] = [];
    const keep = (command: DesktopCommand): void => void waiting.push(command);
    this.#bell.on('command', keep);
    try {
      while (!signal.aborted) {
        const command = waiting.shift();
        if (command === undefined) await this.#ring('command', signal);
        else yield command;
      }
    } finally {
      this.#bell.off('command', keep);
    }
  }

  ask(request: Parameters<Desktop['ask']>[0]): void {
    this.windowRequests.ask('main', request);
    this.#current?.showMainWindow();
  }

  async setShortcut(accelerator: string | null): Promise<void> {
    await (await this.#native.promise).quickAsk.setShortcut(accelerator);
  }

  async setStartsAtLogin(startsAtLogin: boolean): Promise<void> {
    const { loginItem } = await this.#native.promise;
    if (this.#startsAtLogin !== startsAtLogin) await loginItem.set(startsAtLogin);
    this.#startsAtLogin = await loginItem.isOn();
    this.changed();
  }

  setClosesToTray(closesToTray: boolean): void {
    this.closesToTray = closesToTray;
  }

  setLocksWithScreen(locksWithScreen: boolean): void {
    this.locksWithScreen = locksWithScreen;
  }

  showActivity(activity: DesktopActivity): void {
    this.activity = activity;
    this.#current?.showActivity(activity);
  }

  notify(work: DesktopNews): void {
    this.#current?.notify(work);
  }

  hideQuickAsk(): void {
    this.#current?.quickAsk.hideQuickAsk();
  }

  setQuickAskHeight(heightPixels: number): void {
    this.#current?.quickAsk.setQuickAskHeight(heightPixels);
  }

  async takeText(from: 'selection' | 'clipboard'): ReturnType<Desktop['takeText']> {
    return await (await this.#native.promise).quickAsk.takeText(from);
  }

  async paste(text: string): ReturnType<Desktop['paste']> {
    return await (await this.#native.promise).quickAsk.paste(text);
  }

  #state({ quickAsk, hasTray, canNotify }: NativeDesktop): DesktopState {
    const { shortcut, frontApp } = quickAsk;
    return { shortcut, frontApp, startsAtLogin: this.#startsAtLogin, hasTray, canNotify };
  }

  /** Ends with the signal too, which the caller looks at. */
  async #ring(event: 'change' | 'command', signal: AbortSignal): Promise<void> {
    await once(this.#bell, event, { signal }).catch(() => undefined);
  }
}
