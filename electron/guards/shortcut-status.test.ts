import { describe, expect, it } from 'vitest';
import { leavesTypingAlone, shortcutStatus, withPortalFeatures } from './shortcut-status.ts';

describe('shortcutStatus', () => {
  it.each([
    ['registered', false, null, 'registered'],
    ['not-registered', false, null, 'taken'],
    ['threw', false, null, 'invalid'],
    ['registered', true, true, 'registered'],
    ['registered', true, null, 'registered'],
    // Electron says yes before the desktop has been asked; a desktop without the portal never answers.
    ['registered', true, false, 'refused'],
    ['not-registered', true, true, 'refused'],
    ['not-registered', true, null, 'refused'],
    ['threw', true, true, 'invalid'],
    ['threw', true, false, 'invalid'],
  ] as const)('%s, on Wayland %s with a portal %s: %s', (answer, isWayland, hasPortal, status) => {
    expect(shortcutStatus({ answer, isWayland, hasPortal })).toBe(status);
  });
});

describe('withPortalFeatures', () => {
  it.each([
    ['', 'GlobalShortcutsPortal,GlobalShortcutsPortalPreferredTrigger'],
    // A second switch would undo what a person has set.
    ['VaapiVideoDecoder', 'VaapiVideoDecoder,GlobalShortcutsPortal,GlobalShortcutsPortalPreferredTrigger'],
    ['GlobalShortcutsPortal,', 'GlobalShortcutsPortal,GlobalShortcutsPortalPreferredTrigger'],
  ])('%j becomes %j', (given, features) => {
    expect(withPortalFeatures(given)).toBe(features);
  });
});

describe('leavesTypingAlone', () => {
  it.each(['Alt+Space', 'CommandOrControl+Shift+K', 'Super+.', 'F5', 'Shift+F12', 'ctrl+alt+Plus', 'Option+Space'])(
    'lets %s be taken',
    (accelerator) => {
      expect(leavesTypingAlone(accelerator)).toBe(true);
    },
  );
  // Any of these would take a key from every program, or from nothing at all.
  it.each([
    'K',
    'Shift+K',
    'Space',
    'Shift+Space',
    'Enter',
    'Alt',
    'Alt+Shift',
    'F25',
    '',
    '+',
    'Alt+',
    'Alt++',
    'A+B',
    'Hyper+K',
  ])('refuses %j', (accelerator) => {
    expect(leavesTypingAlone(accelerator)).toBe(false);
  });
});
