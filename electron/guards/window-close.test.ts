import { describe, expect, it } from 'vitest';
import { decideWindowClose, decideWindowStart } from './window-close.ts';

describe('decideWindowClose', () => {
  it.each([
    ['linux', false, false, false, 'quit'],
    ['linux', false, false, true, 'quit'],
    // Without an icon nothing would bring the window back.
    ['linux', false, true, false, 'quit'],
    ['linux', false, true, true, 'hide'],
    ['linux', true, true, true, 'close'],
    ['linux', true, false, false, 'close'],
    ['win32', false, false, true, 'quit'],
    ['win32', false, true, false, 'quit'],
    ['win32', false, true, true, 'hide'],
    ['win32', true, true, true, 'close'],
    ['darwin', false, false, false, 'close'],
    ['darwin', false, true, true, 'close'],
    ['darwin', true, true, true, 'close'],
  ] as const)(
    'on %s, quitting %s, to the tray %s, tray %s: %s',
    (operatingSystem, isQuitting, closesToTray, hasTray, way) => {
      expect(decideWindowClose({ operatingSystem, isQuitting, closesToTray, hasTray })).toBe(way);
    },
  );
});

describe('decideWindowStart', () => {
  it.each([
    ['linux', false, false, 'shown'],
    ['linux', true, true, 'none'],
    ['linux', true, false, 'minimized'],
    ['win32', true, true, 'none'],
    ['win32', true, false, 'minimized'],
    ['darwin', true, false, 'none'],
    ['darwin', false, true, 'shown'],
  ] as const)('on %s, hidden %s, tray %s: %s', (operatingSystem, isHidden, hasTray, way) => {
    expect(decideWindowStart({ operatingSystem, isHidden, hasTray })).toBe(way);
  });
});
