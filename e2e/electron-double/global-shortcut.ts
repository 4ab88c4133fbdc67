import { app } from './app.ts';
import { addToDesk } from './desk.ts';
import { strictObject } from './strict.ts';

const modifier = /^(command|cmd|control|ctrl|commandorcontrol|cmdorctrl|alt|option|altgr|shift|super|meta)$/i;
const keyName =
  /^([0-9a-z!-/:-@[-`{-~]|f([1-9]|1\d|2[0-4])|plus|space|tab|capslock|numlock|scrolllock|backspace|delete|insert|return|enter|up|down|left|right|home|end|pageup|pagedown|escape|esc|volume(up|down|mute)|media(nexttrack|previoustrack|stop|playpause)|printscreen|num([0-9]|dec|add|sub|mult|div))$/i;

function checkAccelerator(accelerator: string): void {
  const parts = accelerator.split('+');
  const name = parts.pop() ?? '';
  if (keyName.test(name) && parts.every((part) => modifier.test(part))) return;
  throw new TypeError(`Error processing argument at index 0, conversion failure from ${accelerator}`);
}

class ShortcutKeys {
  readonly #held = new Map<string, () => void>();
  readonly #taken = new Set<string>();

  readonly globalShortcut = strictObject('globalShortcut', {
    register: (accelerator: string, callback: () => void): boolean => {
      if (!app.isReady()) throw new Error('globalShortcut cannot be used before the app is ready');
      checkAccelerator(accelerator);
      if (this.#taken.has(accelerator) || this.#held.has(accelerator)) return false;
      this.#held.set(accelerator, callback);
      return true;
    },
    isRegistered: (accelerator: string): boolean => this.#held.has(accelerator),
    unregister: (accelerator: string): void => void this.#held.delete(accelerator),
    unregisterAll: (): void => this.#held.clear(),
  });

  constructor() {
    addToDesk({
      pressShortcut: (accelerator) => {
        const callback = this.#held.get(accelerator);
        callback?.();
        return callback !== undefined;
      },
      takeShortcut: (accelerator, isTaken) => {
        if (isTaken) this.#taken.add(accelerator);
        else this.#taken.delete(accelerator);
      },
    });
  }
}

/** Electron's globalShortcut; no key of the machine is touched: a spec presses them at the desk. */
export const { globalShortcut } = new ShortcutKeys();
