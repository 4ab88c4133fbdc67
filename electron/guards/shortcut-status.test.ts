import { describe, expect, it } from 'vitest';
import { shortcutStatus, withPortalFeatures } from './shortcut-status.ts';

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
