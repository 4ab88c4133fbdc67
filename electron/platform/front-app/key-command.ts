import type { Command } from '../open-external.ts';
import { isWayland, type FrontAppSystem } from './front-app-reach.ts';

/** What the pressed keys ask of the app in front. */
export type KeyAction = 'copy' | 'paste';

const appleScripts: Readonly<Record<KeyAction, string>> = {
  copy: 'tell application "System Events" to keystroke "c" using command down',
  paste: 'tell application "System Events" to keystroke "v" using command down',
};

/** Copy is Ctrl+Insert, because Ctrl+C ends the program that runs in a terminal. */
const windowsKeys: Readonly<Record<KeyAction, string>> = { copy: '^{INSERT}', paste: '^v' };

/**
 * The program that presses the keys in the app in front, to be started without a shell; null where there is none. Programs
 * are named by absolute paths, so that no folder of the search path can stand in for them, and no text of the user's is ever
 * in an argument.
 */
export function keyCommand(action: KeyAction, system: FrontAppSystem): Command | null {
  switch (system.operatingSystem) {
    case 'darwin':
      return { file: '/usr/bin/osascript', arguments: ['-e', appleScripts[action]] };
    case 'win32':
      return {
        file: `${windowsFolder(system.environment)}\\System32\\WindowsPowerShell\\v1.0\\powershell.exe`,
        arguments: [
          '-NoLogo',
          '-NoProfile',
          '-NonInteractive',
          '-Command',
          `(New-Object -ComObject WScript.Shell).SendKeys('${windowsKeys[action]}')`,
        ],
      };
    default:
      // X11 needs no keys to read what is selected.
      if (action === 'copy' || system.keyProgramPath === null || isWayland(system)) return null;
      return { file: system.keyProgramPath, arguments: ['key', '--clearmodifiers', 'ctrl+v'] };
  }
}

/** A folder on a local drive, or the usual one: a share of the network could name a foreign program. */
function windowsFolder(environment: FrontAppSystem['environment']): string {
  const named = environment['SystemRoot'] ?? '';
  return /^[A-Za-z]:\\[\w\\ -]+$/.test(named) ? named.replace(/\\+$/, '') : 'C:\\Windows';
}
