import { describe, expect, it } from 'vitest';
import type { DesktopActivity } from '../platform/desktop.ts';
import type { DesktopState, ShortcutState } from '../shared/desktop.ts';
import { createDesktop, type NativeDesktop } from './create-desktop.ts';

/** What Electron would draw and register, as a list. */
function createNative() {
  const done: string[] = [];
  let shortcut: ShortcutState = { accelerator: null, status: 'off' };
  let isAtLogin = false;
  const activities: DesktopActivity[] = [];
  const native: NativeDesktop = {
    quickAsk: {
      get shortcut() {
        return shortcut;
      },
      frontApp: { reads: 'clipboard', canPaste: false },
      setShortcut: async (accelerator) => {
        shortcut = { accelerator, status: 'registered' };
      },
      hideQuickAsk: () => void done.push('hide'),
      setQuickAskHeight: (heightPixels) => void done.push(`height ${heightPixels}`),
      takeText: async () => ({ status: 'empty' }),
      paste: async () => 'copied',
    },
    loginItem: {
      isOn: async () => isAtLogin,
      set: async (isOn) => {
        isAtLogin = isOn;
        done.push(`login ${isOn}`);
      },
    },
    hasTray: true,
    canNotify: true,
    showMainWindow: () => void done.push('show'),
    showActivity: (activity) => void activities.push(activity),
    notify: (news) => void done.push(`notify ${news.kind === 'waiting' ? 'waiting' : news.name}`),
  };
  return { native, done, activities };
}

describe('desktop of the shell', () => {
  // The app opens while Electron gets ready, and its settings are there first on a fast disk.
  it('does what was asked for before Electron was ready', async () => {
    const desktop = createDesktop();
    const { native, done, activities } = createNative();
    const set = desktop.setShortcut('Alt+Space');
    const atLogin = desktop.setStartsAtLogin(true);
    desktop.showActivity({ ...desktop.activity, state: 'busy' });
    desktop.hideQuickAsk();
    desktop.notify({ kind: 'summary', name: 'early', isFailed: false });
    desktop.ask({ type: 'new-chat' });
    await desktop.start(native);
    await Promise.all([set, atLogin]);
    expect(done).toEqual(['login true']);
    expect(activities.map(({ state }) => state)).toEqual(['busy']);
  });

  it('tells its state, then each change of it', async () => {
    const desktop = createDesktop();
    const { native } = createNative();
    const leaving = new AbortController();
    const states: DesktopState[] = [];
    const watching = (async () => {
      for await (const state of desktop.watch(leaving.signal)) {
        states.push(state);
        if (states.length === 1) {
          await desktop.setShortcut('Alt+Space');
          desktop.changed();
        } else leaving.abort();
      }
    })();
    await desktop.start(native);
    await watching;
    expect(states.map(({ shortcut }) => shortcut.status)).toEqual(['off', 'registered']);
    expect(states[1]).toEqual({
      shortcut: { accelerator: 'Alt+Space', status: 'registered' },
      frontApp: { reads: 'clipboard', canPaste: false },
      startsAtLogin: false,
      hasTray: true,
      canNotify: true,
    });
  });

  it('shows the main window with what is asked of it', async () => {
    const desktop = createDesktop();
    const { native, done } = createNative();
    await desktop.start(native);
    desktop.ask({ type: 'show-page', page: 'models' });
    expect(done).toEqual(['show']);
    const leaving = new AbortController();
    for await (const request of desktop.requests('main', leaving.signal)) {
      expect(request).toEqual({ type: 'show-page', page: 'models' });
      leaving.abort();
    }
  });

  // Pressed twice quickly, the second one would be lost between two reads.
  it('tells every command of the tray, in its order', async () => {
    const desktop = createDesktop();
    const leaving = new AbortController();
    const heard: string[] = [];
    const listening = (async () => {
      for await (const command of desktop.commands(leaving.signal)) {
        heard.push(command);
        if (heard.length === 3) leaving.abort();
      }
    })();
    for (let index = 0; index < 3; index += 1) desktop.command('toggle-indexing-pause');
    await listening;
    expect(heard).toHaveLength(3);
  });

  // Writing the entry at each start would undo what a person switched off in the system's settings a moment ago.
  it('sets the login item only when it is another', async () => {
    const desktop = createDesktop();
    const { native, done } = createNative();
    await desktop.start(native);
    for (const isOn of [false, true, true, false]) await desktop.setStartsAtLogin(isOn);
    expect(done).toEqual(['login true', 'login false']);
  });

  it('lets go of who waits for Electron when the app closes first', async () => {
    const desktop = createDesktop();
    const set = desktop.setShortcut('Alt+Space');
    const watching = desktop.watch(new AbortController().signal)[Symbol.asyncIterator]().next();
    desktop.close();
    await expect(set).rejects.toMatchObject({ code: 'app/closing' });
    expect((await watching).done).toBe(true);
  });
});
