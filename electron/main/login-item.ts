import { homedir } from 'node:os';
import type Electron from 'electron';
import { hiddenStartArgument } from '../guards/launch-arguments.ts';
import { autostartEntry, autostartFolder, readAutostart, writeAutostart } from '../platform/autostart-entry.ts';

/** Whether the session starts the app. */
export interface LoginItem {
  /** As the system has it now, a person's changes there included; null where nobody knows, as in a checkout. */
  isOn(): Promise<boolean | null>;
  /** Takes hold with the next session. Nothing happens in a checkout: the session would start a bare Electron. */
  set(isOn: boolean): Promise<void>;
}

/** What the login item needs. */
export type LoginItemParts = {
  readonly app: Pick<Electron.App, 'isPackaged' | 'getLoginItemSettings' | 'setLoginItemSettings'>;
  readonly operatingSystem: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeFolder?: string;
};

/** Makes it; by the session's own folder on Linux, where Electron has nothing. */
export function createLoginItem({
  app,
  operatingSystem,
  environment,
  homeFolder = homedir(),
}: LoginItemParts): LoginItem {
  if (!app.isPackaged) return { isOn: async () => null, set: async () => undefined };
  const linuxFolder = autostartFolder(environment, homeFolder);
  // The mounted image goes with the process, the file that it was mounted from stays.
  const programPath = environment['APPIMAGE'] ?? process.execPath;
  // Asked for with the arguments that it was set with, or Windows does not find it.
  const item = operatingSystem === 'win32' ? { args: [hiddenStartArgument] } : {};
  return {
    isOn: async () =>
      operatingSystem === 'linux' ? await readAutostart(linuxFolder) : app.getLoginItemSettings(item).openAtLogin,
    set: async (isOn) => {
      if (operatingSystem !== 'linux') return app.setLoginItemSettings({ ...item, openAtLogin: isOn });
      await writeAutostart(linuxFolder, isOn ? autostartEntry(programPath, [hiddenStartArgument]) : null);
    },
  };
}

/** Whether the session started the app, so that no window comes: by the argument, or by macOS's own word. */
export function isStartedBySession(
  app: Pick<Electron.App, 'getLoginItemSettings'>,
  operatingSystem: NodeJS.Platform,
  hasArgument: boolean,
): boolean {
  return hasArgument || (operatingSystem === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);
}
