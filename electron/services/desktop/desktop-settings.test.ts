import { describe, expect, it } from 'vitest';
import type { DesktopState } from '../../shared/desktop.ts';
import { absentDesktopState } from './absent-desktop-state.ts';
import { planDesktopSteps } from './desktop-settings.ts';
import type { DesktopSettings, DesktopStep } from './desktop-settings.ts';

const usual: DesktopSettings = {
  quickAskShortcut: 'Alt+Space',
  startsAtLogin: false,
  closesToTray: false,
  locksWithScreen: false,
};
const stateWith = (change: Partial<DesktopState>): DesktopState => ({ ...absentDesktopState, ...change });
const registered = stateWith({ shortcut: { accelerator: 'Alt+Space', status: 'registered' }, startsAtLogin: false });
const plain: readonly DesktopStep[] = [
  { call: 'setClosesToTray', isOn: false },
  { call: 'setLocksWithScreen', isOn: false },
];
const shortcut = (accelerator: string | null): DesktopStep => ({ call: 'setShortcut', accelerator });
const login = (isOn: boolean): DesktopStep => ({ call: 'setStartsAtLogin', isOn });

describe('planDesktopSteps', () => {
  it.each<{
    readonly what: string;
    readonly wanted: Partial<DesktopSettings>;
    readonly before: Partial<DesktopSettings> | null;
    readonly state: DesktopState;
    readonly steps: readonly DesktopStep[];
  }>([
    {
      what: 'registers the shortcut at the first start',
      wanted: {},
      before: null,
      state: absentDesktopState,
      steps: [shortcut('Alt+Space'), ...plain],
    },
    {
      // Catches a shortcut that is dead for a moment after every unlocking.
      what: 'leaves a shortcut alone that works already',
      wanted: {},
      before: null,
      state: registered,
      steps: plain,
    },
    {
      what: 'tries again after unlocking what was taken before',
      wanted: {},
      before: null,
      state: stateWith({ shortcut: { accelerator: 'Alt+Space', status: 'taken' } }),
      steps: [shortcut('Alt+Space'), ...plain],
    },
    {
      // Catches a login item that is written anew at each start, which a system shows to the person each time.
      what: 'leaves a login item alone that stands',
      wanted: { startsAtLogin: true },
      before: null,
      state: stateWith({ ...registered, startsAtLogin: true }),
      steps: plain,
    },
    {
      what: 'writes a login item that points to an app that moved',
      wanted: { startsAtLogin: true },
      before: null,
      state: registered,
      steps: [login(true), ...plain],
    },
    {
      what: 'takes away a login item that the settings do not know',
      wanted: {},
      before: null,
      state: stateWith({ ...registered, startsAtLogin: true }),
      steps: [login(false), ...plain],
    },
    {
      what: 'tells what changed and nothing else',
      wanted: { quickAskShortcut: null, locksWithScreen: true },
      before: {},
      state: registered,
      steps: [shortcut(null), { call: 'setLocksWithScreen', isOn: true }],
    },
    { what: 'says nothing when another setting changed', wanted: {}, before: {}, state: registered, steps: [] },
  ])('$what', ({ wanted, before, state, steps }) => {
    const last = before === null ? null : { ...usual, ...before };
    expect(planDesktopSteps({ ...usual, ...wanted }, last, state)).toEqual(steps);
  });
});
