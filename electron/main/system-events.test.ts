import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { describe, expect, it } from 'vitest';
import { createRecordingLogger } from '../testing/recording-logger.ts';
import { followPower } from './power-events.ts';
import { setSpelling } from './spelling.ts';

describe('followPower', () => {
  it('locks with the screen and before a sleep, draws anew after it, and hears nothing once it is closed', () => {
    const powerMonitor = new EventEmitter();
    const seen: string[] = [];
    const power = followPower({
      powerMonitor: powerMonitor as unknown as Electron.PowerMonitor, // the members that are used
      onScreenLocked: () => void seen.push('locked'),
      onAwake: () => void seen.push('awake'),
      logger: createRecordingLogger(),
    });
    for (const event of ['lock-screen', 'unlock-screen', 'suspend', 'resume', 'on-battery']) powerMonitor.emit(event);
    expect(seen).toEqual(['locked', 'locked', 'awake']);
    power.close();
    expect(powerMonitor.eventNames()).toEqual([]);
  });
});

describe('setSpelling', () => {
  // Elsewhere than on macOS Chromium would fetch a dictionary from its maker as soon as it is on.
  it.each([
    ['darwin', true, ['enabled true']],
    ['darwin', false, ['enabled false']],
    ['linux', true, ['from app://sotto/dictionaries/', 'languages ', 'enabled false']],
    ['win32', true, ['from app://sotto/dictionaries/', 'languages ', 'enabled false']],
  ] as const)('on %s, wanted %s', (operatingSystem, isWanted, told) => {
    const seen: string[] = [];
    const session = {
      setSpellCheckerEnabled: (isOn: boolean) => void seen.push(`enabled ${isOn}`),
      setSpellCheckerLanguages: (languages: readonly string[]) => void seen.push(`languages ${languages.join()}`),
      setSpellCheckerDictionaryDownloadURL: (url: string) => void seen.push(`from ${url}`),
    };
    setSpelling(session, operatingSystem, isWanted);
    expect(seen).toEqual(told);
  });
});
