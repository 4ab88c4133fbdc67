import { describe, expect, it } from 'vitest';
import { isMadeAnewAtOnce, stepForShortcut, wayToHide } from './quick-ask-focus.ts';

describe('stepForShortcut', () => {
  it.each([
    [{ isVisible: false, isFocused: false, isLocked: false }, 'show'],
    // Behind another window a second press would otherwise take away what the person cannot see.
    [{ isVisible: true, isFocused: false, isLocked: false }, 'show'],
    [{ isVisible: true, isFocused: true, isLocked: false }, 'hide'],
    [{ isVisible: false, isFocused: false, isLocked: true }, 'unlock'],
    [{ isVisible: true, isFocused: false, isLocked: true }, 'unlock'],
    [{ isVisible: true, isFocused: true, isLocked: true }, 'hide'],
  ] as const)('%j: %s', (moment, step) => {
    expect(stepForShortcut(moment)).toBe(step);
  });
});

describe('wayToHide', () => {
  it.each([
    ['darwin', false, 'app'],
    // Hiding the app would take the main window away with it.
    ['darwin', true, 'window'],
    ['win32', false, 'window'],
    ['linux', false, 'window'],
    ['linux', true, 'window'],
  ] as const)('on %s, with another window in sight %s: the %s', (operatingSystem, hasOther, way) => {
    expect(wayToHide(operatingSystem, hasOther)).toBe(way);
  });
});

describe('isMadeAnewAtOnce', () => {
  it.each([
    [[0], 0, true],
    [[0, 10], 10, true],
    // A page that crashes while it loads would keep a processor busy for ever.
    [[0, 10, 20], 20, false],
    [[0, 10, 60_011], 60_011, true],
  ] as const)('%j at %d: %s', (crashes, now, expected) => {
    expect(isMadeAnewAtOnce(crashes, now)).toBe(expected);
  });
});
