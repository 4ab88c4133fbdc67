import type Electron from 'electron';
import { describe, expect, it } from 'vitest';
import { readLaunchArguments } from '../guards/launch-arguments.ts';
import { createWords } from '../shared/words.ts';
import { progressBar, setDockMenu } from './dock.ts';

const t = createWords('en').getFixedT(null, ['window', 'error', 'terminal', 'menu'] as const);
const actions = { newChat: (): void => undefined, quickAsk: (): void => undefined };

/** What the app was told about its dock and its taskbar button. */
function tell(operatingSystem: NodeJS.Platform, isPackaged: boolean) {
  const menus: (readonly { readonly label?: string }[])[] = [];
  const tasks: Electron.Task[] = [];
  const fakes = {
    app: {
      isPackaged,
      dock: { setMenu: (menu: readonly object[]) => void menus.push(menu) },
      setUserTasks: (all: readonly Electron.Task[]) => void tasks.push(...all),
    },
    Menu: { buildFromTemplate: (template: readonly object[]) => template },
  };
  // The members that are used, as electron.d.ts has them.
  setDockMenu(fakes as unknown as Pick<typeof Electron, 'app' | 'Menu'>, t, operatingSystem, actions);
  return { menus, tasks };
}

describe('progressBar', () => {
  it.each([
    [null, -1],
    ['unknown', 2],
    [0, 0],
    [0.42, 0.42],
    [1, 1],
    [1.7, 1],
    [-3, 0],
    [Number.NaN, 2],
    [Infinity, 2],
  ] as const)('is for %s %d', (progress, value) => expect(progressBar(progress)).toBe(value));
});

describe('setDockMenu', () => {
  it('has entries in the dock of macOS', () => {
    expect(tell('darwin', true).menus[0]?.map(({ label }) => label)).toEqual(['New chat', 'Quick-ask']);
  });

  // A task that the app itself refuses as a start would only bring its window.
  it('has tasks on Windows that the app understands when they start it', () => {
    const { tasks } = tell('win32', true);
    const asked = tasks.map(({ program, arguments: given }) =>
      readLaunchArguments({
        argv: [program, given],
        workingFolder: 'C:\\',
        operatingSystem: 'win32',
        isPackaged: true,
      }),
    );
    expect(asked.map(({ request }) => request?.type)).toEqual(['new-chat', 'show-page', 'show-page']);
  });

  // A checkout would put a bare Electron into the taskbar.
  it('changes nothing on Windows from a checkout, nor on Linux', () => {
    expect([tell('win32', false), tell('linux', true)]).toEqual([
      { menus: [], tasks: [] },
      { menus: [], tasks: [] },
    ]);
  });
});
