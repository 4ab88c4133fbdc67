import { describe, expect, it } from 'vitest';
import { checkAccelerator, formatAccelerator, parseAccelerator, pressedAccelerator } from './accelerator.ts';
import type { AcceleratorCheck, PressedKeys } from './accelerator.ts';

const [mac, windows, linux] = ['darwin', 'win32', 'linux'] as const;

const fits = (accelerator: string): AcceleratorCheck => ({ status: 'fits', accelerator });
const refused = (status: Exclude<AcceleratorCheck['status'], 'fits'>): AcceleratorCheck => ({ status });

describe('checkAccelerator', () => {
  it.each<readonly [text: string, system: string, expected: AcceleratorCheck]>([
    // The default, under its names.
    ['Alt+Space', mac, fits('Alt+Space')],
    ['Option+Space', mac, fits('Alt+Space')],
    ['Alt+Space', windows, fits('Alt+Space')],
    ['alt + leertaste', linux, fits('Alt+Space')],
    // One order, whatever was typed first.
    ['shift+ctrl+k', linux, fits('Control+Shift+K')],
    ['Umschalt+Strg+k', windows, fits('Control+Shift+K')],
    ['CommandOrControl+Shift+J', mac, fits('Command+Shift+J')],
    ['CmdOrCtrl+Shift+J', linux, fits('Control+Shift+J')],
    ['Meta+Shift+J', mac, fits('Command+Shift+J')],
    ['Win+Shift+J', windows, fits('Shift+Super+J')],
    ['Ctrl+Ctrl+Shift+J', linux, fits('Control+Shift+J')],
    ['F8', linux, fits('F8')],
    ['Shift+F8', windows, fits('Shift+F8')],
    ['f24', linux, fits('F24')],
    ['Control+Alt+K', linux, fits('Control+Alt+K')],
    ['Control+Alt+Shift+F1', linux, fits('Control+Alt+Shift+F1')],
    ['Control+Alt+Plus', linux, fits('Control+Alt+Plus')],
    ['Alt+,', linux, fits('Alt+,')],
    ['Control+Space', mac, fits('Control+Space')],
    // No key, or none that a keyboard has.
    ['', linux, refused('unknown-key')],
    ['+', linux, refused('unknown-key')],
    ['Alt', linux, refused('unknown-key')],
    ['Alt+', linux, refused('unknown-key')],
    ['Alt++', linux, refused('unknown-key')],
    ['Alt+Shift', linux, refused('unknown-key')],
    ['Alt+KK', linux, refused('unknown-key')],
    ['K+Alt', linux, refused('unknown-key')],
    ['Hyper+K', linux, refused('unknown-key')],
    ['Command+Shift+K', windows, refused('unknown-key')],
    ['Alt+F25', linux, refused('unknown-key')],
    ['Alt+ä', linux, refused('unknown-key')],
    ['constructor+K', linux, refused('unknown-key')],
    ['Alt+constructor', linux, refused('unknown-key')],
    [`${'Alt+'.repeat(500)}`, linux, refused('unknown-key')],
    // Needed for writing.
    ['K', linux, refused('no-modifier')],
    ['Shift+K', mac, refused('no-modifier')],
    ['Space', windows, refused('no-modifier')],
    ['Shift+Space', windows, refused('no-modifier')],
    ['Escape', linux, refused('no-modifier')],
    // The system's, or every program's.
    ['Command+Space', mac, refused('reserved')],
    ['Cmd+Tab', mac, refused('reserved')],
    ['CmdOrCtrl+C', mac, refused('reserved')],
    ['CmdOrCtrl+C', windows, refused('reserved')],
    ['Ctrl+1', linux, refused('reserved')],
    ['Alt+F4', windows, refused('reserved')],
    ['Alt+F4', linux, refused('reserved')],
    ['F12', windows, refused('reserved')],
    ['Ctrl+Alt+Del', windows, refused('reserved')],
    ['Ctrl+Alt+F3', linux, refused('reserved')],
    ['Super+L', linux, refused('reserved')],
    ['Win+E', windows, refused('reserved')],
    ['Super+Space', linux, refused('reserved')],
    // Ways to write @, € or ñ.
    ['Alt+L', mac, refused('types-characters')],
    ['Alt+Shift+7', mac, refused('types-characters')],
    ['Ctrl+Alt+Q', windows, refused('types-characters')],
    ['Ctrl+Alt+E', windows, refused('types-characters')],
    // The same keys where they write nothing.
    ['Alt+L', windows, fits('Alt+L')],
    ['Ctrl+Alt+Q', linux, fits('Control+Alt+Q')],
    ['F12', linux, fits('F12')],
  ])('finds of %j on %s: %j', (text, system, expected) => {
    expect(checkAccelerator(text, system)).toEqual(expected);
  });

  it('reads back what it has written', () => {
    // Catches a setting that is stored and refused at the next start.
    for (const text of ['Alt+Space', 'Control+Alt+Plus', 'Shift+Super+J', 'Alt+`', 'F8', 'Control+Shift+PageUp']) {
      const parsed = parseAccelerator(text, linux);
      expect(parsed === null ? null : formatAccelerator(parsed)).toBe(text);
    }
  });
});

const pressed = (key: string, code: string, held: string): PressedKeys => ({
  key,
  code,
  ctrlKey: held.includes('c'),
  altKey: held.includes('a'),
  shiftKey: held.includes('s'),
  metaKey: held.includes('m'),
});

describe('pressedAccelerator', () => {
  it.each<readonly [PressedKeys, system: string, expected: string | null]>([
    [pressed(' ', 'Space', 'a'), linux, 'Alt+Space'],
    // Option writes a no-break space, and å for A.
    [pressed(' ', 'Space', 'a'), mac, 'Alt+Space'],
    [pressed('å', 'KeyA', 'am'), mac, 'Command+Alt+A'],
    // A German keyboard has Z where an English one has Y.
    [pressed('z', 'KeyY', 'cs'), linux, 'Control+Shift+Z'],
    [pressed('!', 'Digit1', 'cs'), linux, 'Control+Shift+1'],
    [pressed('7', 'Numpad7', 'ca'), linux, 'Control+Alt+7'],
    [pressed('ArrowUp', 'ArrowUp', 'ca'), linux, 'Control+Alt+Up'],
    [pressed('k', 'KeyK', 'm'), windows, 'Super+K'],
    [pressed('F8', 'F8', ''), windows, 'F8'],
    [pressed('Dead', 'KeyN', 'am'), mac, 'Command+Alt+N'],
    [pressed('Alt', 'AltLeft', 'a'), linux, null],
    [pressed('AltGraph', 'AltRight', 'ca'), windows, null],
    [pressed('Shift', 'ShiftLeft', 'as'), linux, null],
    [pressed('Meta', 'MetaLeft', 'm'), mac, null],
    [pressed('Dead', 'Backquote', 'a'), linux, null],
  ])('reads %j on %s as %j', (keys, system, expected) => {
    expect(pressedAccelerator(keys, system)).toBe(expected);
  });
});
