import { describe, expect, it } from 'vitest';
import { frontAppReach, selectionSource, type FrontAppSystem } from './front-app-reach.ts';
import { keyCommand } from './key-command.ts';

const xdotool = '/usr/bin/xdotool';

function system(
  operatingSystem: NodeJS.Platform,
  environment: FrontAppSystem['environment'] = {},
  keyProgramPath: string | null = null,
): FrontAppSystem {
  return { operatingSystem, environment, keyProgramPath };
}

describe('frontAppReach', () => {
  it.each([
    ['macOS', system('darwin'), 'copy-keys', 'selection', true],
    ['Windows', system('win32'), 'copy-keys', 'selection', true],
    ['X11', system('linux', { XDG_SESSION_TYPE: 'x11', DISPLAY: ':0' }), 'primary-selection', 'selection', false],
    [
      'X11 with a program for keys',
      system('linux', { DISPLAY: ':0' }, xdotool),
      'primary-selection',
      'selection',
      true,
    ],
    ['Wayland', system('linux', { XDG_SESSION_TYPE: 'wayland', DISPLAY: ':0' }), 'none', 'clipboard', false],
    // An X server inside Wayland takes the keys, and no native window ever sees them.
    ['Wayland by its socket', system('linux', { WAYLAND_DISPLAY: 'wayland-0' }, xdotool), 'none', 'clipboard', false],
    ['a Mac with odd variables', system('darwin', { WAYLAND_DISPLAY: 'x' }), 'copy-keys', 'selection', true],
    ['FreeBSD', system('freebsd'), 'primary-selection', 'selection', false],
  ] as const)('of %s', (_name, desktop, source, reads, canPaste) => {
    expect(selectionSource(desktop)).toBe(source);
    expect(frontAppReach(desktop)).toEqual({ reads, canPaste });
    // What is offered has to be possible.
    expect(keyCommand('paste', desktop) !== null).toBe(canPaste);
    expect(keyCommand('copy', desktop) !== null).toBe(source === 'copy-keys');
  });
});

describe('keyCommand', () => {
  it.each([
    [
      system('darwin'),
      'copy',
      {
        file: '/usr/bin/osascript',
        arguments: ['-e', 'tell application "System Events" to keystroke "c" using command down'],
      },
    ],
    [
      system('darwin'),
      'paste',
      {
        file: '/usr/bin/osascript',
        arguments: ['-e', 'tell application "System Events" to keystroke "v" using command down'],
      },
    ],
    [system('linux', {}, xdotool), 'paste', { file: xdotool, arguments: ['key', '--clearmodifiers', 'ctrl+v'] }],
  ] as const)('is data: %j, %s', (desktop, action, command) => {
    expect(keyCommand(action, desktop)).toEqual(command);
  });

  // Ctrl+C would end whatever runs in a terminal where nothing is selected.
  it('copies by Ctrl+Insert on Windows', () => {
    expect(keyCommand('copy', system('win32'))?.arguments.at(-1)).toBe(
      "(New-Object -ComObject WScript.Shell).SendKeys('^{INSERT}')",
    );
  });

  // A variable that a person's script set, or a share, would start a foreign program.
  it.each([
    ['C:\\WINDOWS', 'C:\\WINDOWS'],
    ['D:\\Windows NT\\', 'D:\\Windows NT'],
    ['\\\\server\\share', 'C:\\Windows'],
    ['C:\\..\\evil', 'C:\\Windows'],
    ['Windows', 'C:\\Windows'],
    ['C:\\Windows" & calc & "', 'C:\\Windows'],
    ['', 'C:\\Windows'],
    [undefined, 'C:\\Windows'],
  ])('starts PowerShell by an absolute path when SystemRoot is %j', (root, folder) => {
    expect(keyCommand('paste', system('win32', { SystemRoot: root }))?.file).toBe(
      `${folder}\\System32\\WindowsPowerShell\\v1.0\\powershell.exe`,
    );
  });
});
