import { EventEmitter } from 'node:events';
import type { BrowserWindow, Rectangle, Screen } from 'electron';
import { describe, expect, it } from 'vitest';
import { createMainWindow, type MainWindow } from './main-window.ts';
import type { WindowState } from './window-state.ts';

/** The members that the main window uses, with Electron's order of events. */
class WindowFake extends EventEmitter {
  readonly told: string[] = [];
  readonly webContents = Object.assign(new EventEmitter(), { reload: () => void this.told.push('reload') });
  bounds: Rectangle;
  isMax = false;
  isFull = false;
  isMin = false;
  #isDestroyed = false;

  constructor(place: Partial<Rectangle>) {
    super();
    this.bounds = { x: 0, y: 0, width: 1_280, height: 800, ...place };
  }
  show = (): void => void this.told.push('show');
  focus = (): void => void this.told.push('focus');
  hide = (): void => void this.told.push('hide');
  minimize = (): void => void (this.isMin = true);
  restore = (): void => void (this.isMin = false);
  maximize = (): void => void (this.isMax = true);
  isMaximized = (): boolean => this.isMax;
  isFullScreen = (): boolean => this.isFull;
  isMinimized = (): boolean => this.isMin;
  isDestroyed = (): boolean => this.#isDestroyed;
  getBounds = (): Rectangle => this.bounds;
  getNormalBounds = (): Rectangle => this.bounds;
  setBounds = (bounds: Rectangle): void => void (this.bounds = bounds);
  setFullScreen(isFull: boolean): void {
    this.isFull = isFull;
    if (!isFull) queueMicrotask(() => this.emit('leave-full-screen'));
  }
  /** As a person does; tells whether the window has gone. */
  close(): boolean {
    let isPrevented = false;
    this.emit('close', { preventDefault: () => (isPrevented = true) });
    if (!isPrevented) this.destroy();
    return !isPrevented;
  }
  destroy(): void {
    this.#isDestroyed = true;
    this.emit('closed');
  }
}

type Display = { readonly id: number; readonly workArea: Rectangle };
const first: Display = { id: 1, workArea: { x: 0, y: 0, width: 1_440, height: 860 } };
const second: Display = { id: 2, workArea: { x: 1_440, y: 0, width: 1_920, height: 1_040 } };

function open(change: { readonly lastState?: WindowState; readonly closeWay?: 'close' | 'hide' | 'quit' } = {}) {
  const windows: WindowFake[] = [];
  const written: WindowState[] = [];
  const seen: string[] = [];
  let displays: readonly Display[] = [first, second];
  const screen = Object.assign(new EventEmitter(), {
    getPrimaryDisplay: () => displays[0],
    getAllDisplays: () => displays,
  });
  const main: MainWindow = createMainWindow({
    makeWindow: (place) => {
      const window = new WindowFake(place);
      windows.push(window);
      return window as unknown as BrowserWindow; // the members that are used
    },
    screen: screen as unknown as Screen, // the members that are used
    lastState: change.lastState ?? null,
    states: { write: (state) => void written.push(state), settled: async () => undefined },
    closeWay: () => change.closeWay ?? 'quit',
    quit: () => void seen.push('quit'),
    nowMs: () => 1_000,
    onOpened: () => void seen.push('opened'),
  });
  const current = (): WindowFake => windows.at(-1) ?? new WindowFake({});
  const unplug = (): void => {
    displays = [first];
    screen.emit('display-removed');
  };
  return { main, windows, written, seen, current, unplug, screen };
}

const onSecond: WindowState = {
  bounds: { x: 1_600, y: 100, width: 900, height: 700 },
  isMaximized: false,
  isFullScreen: false,
};

describe('main window', () => {
  it('comes back where it was, as it was', () => {
    const { main, current, seen } = open({ lastState: { ...onSecond, isMaximized: true } });
    main.show();
    expect(current().bounds).toEqual(onSecond.bounds);
    // Both would bring a window into sight that has not painted.
    expect(current().isMax).toBe(false);
    current().emit('ready-to-show');
    expect([current().isMax, seen]).toEqual([true, ['opened']]);
  });

  it('is one window, however often it is asked for, and does not flash before it has painted', () => {
    const { main, windows, current } = open();
    main.show();
    main.show();
    expect([windows.length, current().told]).toEqual([1, []]);
    current().emit('ready-to-show');
    current().isMin = true;
    main.show();
    expect([windows.length, current().told, current().isMin]).toEqual([1, ['show', 'focus'], false]);
  });

  it('moves into sight when its display is unplugged', () => {
    const { main, current, unplug } = open({ lastState: onSecond });
    main.show();
    unplug();
    expect(current().bounds).toEqual({ x: 540, y: 100, width: 900, height: 700 });
  });

  // A maximised window is moved by the system; placing it would end that.
  it('stays as it is when it is maximised, or nothing happened to its display', () => {
    const { main, current, unplug, screen } = open({ lastState: onSecond });
    main.show();
    screen.emit('display-metrics-changed');
    expect(current().bounds).toEqual(onSecond.bounds);
    current().isMax = true;
    unplug();
    expect(current().bounds).toEqual(onSecond.bounds);
  });

  it('ends the app when it is closed, and keeps its place', () => {
    const { main, current, seen, written } = open();
    main.show();
    current().bounds = { x: 7, y: 8, width: 900, height: 700 };
    expect(current().close()).toBe(true);
    expect([seen, main.window, written.at(-1)?.bounds.x]).toEqual([['quit'], null, 7]);
  });

  it('only hides when it closes to the tray, out of full screen first', async () => {
    const { main, windows, current, seen } = open({ closeWay: 'hide' });
    main.show();
    current().emit('ready-to-show');
    current().isFull = true;
    expect(current().close()).toBe(false);
    await Promise.resolve();
    expect([current().told, current().isFull, seen]).toEqual([['hide'], false, ['opened']]);
    main.show();
    expect([windows.length, current().told]).toEqual([1, ['hide', 'show', 'focus']]);
  });

  it('is made anew after it was closed where the app goes on', () => {
    const { main, windows, current, seen } = open({ closeWay: 'close' });
    main.show();
    current().bounds = { x: 7, y: 8, width: 900, height: 700 };
    current().close();
    main.show();
    expect([windows.length, current().bounds.x, seen]).toEqual([2, 7, []]);
  });

  it('begins as a button of the taskbar without coming into sight', () => {
    const { main, current, seen } = open({ lastState: { ...onSecond, isMaximized: true } });
    main.showMinimized();
    current().emit('ready-to-show');
    expect([current().isMin, current().isMax, current().told, seen]).toEqual([true, false, [], ['opened']]);
  });

  // An empty window would be left, while the answer goes on behind it.
  it('loads its page anew when that crashes, until it crashes again and again', () => {
    const { main, current } = open();
    main.show();
    const crash = (reason: string) => current().webContents.emit('render-process-gone', {}, { reason });
    crash('clean-exit');
    expect(current().told).toEqual([]);
    for (let count = 0; count < 20; count += 1) crash('crashed');
    expect(current().told.length).toBeGreaterThan(0);
    expect(current().told.length).toBeLessThan(10);
  });

  // The app is quitting: no question, no new window, and nothing that still follows displays.
  it('is gone after close, and does not come again', () => {
    const { main, windows, seen, screen, written } = open({ closeWay: 'hide', lastState: onSecond });
    main.show();
    main.close();
    main.show();
    main.showMinimized();
    expect([windows.length, windows[0]?.isDestroyed(), seen, main.window]).toEqual([1, true, [], null]);
    expect(written).toEqual([onSecond]);
    expect(screen.eventNames()).toEqual([]);
  });
});
