import { EventEmitter } from 'node:events';
import type { BrowserWindow, Screen } from 'electron';
import { describe, expect, it } from 'vitest';
import type { Area } from '../guards/quick-ask-place.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createRecordingLogger } from '../testing/recording-logger.ts';
import { createQuickAskWindow } from './quick-ask-window.ts';

/** The members that quick-ask uses, with Electron's order of events. */
class WindowFake extends EventEmitter {
  readonly webContents = Object.assign(new EventEmitter(), { focus: () => undefined, isLoading: () => false });
  readonly told: string[] = [];
  bounds: Area;
  /** As Windows does on the way to a display of another scale: the first size is wrong. */
  isScaling = false;
  #isVisible = false;
  #isFocused = false;
  #isDestroyed = false;

  constructor(bounds: Area) {
    super();
    this.bounds = bounds;
  }

  show(): void {
    this.#isVisible = true;
    this.emit('show');
  }
  focus(): void {
    this.#isFocused = true;
  }
  hide(): void {
    this.#isVisible = false;
    this.lose();
  }
  lose(): void {
    if (!this.#isFocused) return;
    this.#isFocused = false;
    this.emit('blur');
  }
  /** Electron throws whatever is asked of a window that is gone. */
  isVisible(): boolean {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed');
    return this.#isVisible;
  }
  isFocused(): boolean {
    return this.#isFocused;
  }
  getBounds(): Area {
    return this.bounds;
  }
  setBounds(bounds: Area): void {
    this.bounds = this.isScaling ? { ...bounds, width: bounds.width / 2 } : bounds;
    this.isScaling = false;
  }
  setAlwaysOnTop(isOn: boolean, level: string): void {
    this.told.push(`above ${isOn} ${level}`);
  }
  setVisibleOnAllWorkspaces(isOn: boolean): void {
    this.told.push(`everywhere ${isOn}`);
  }
  close(): boolean {
    let isPrevented = false;
    this.emit('close', { preventDefault: () => (isPrevented = true) });
    if (!isPrevented) this.destroy();
    return !isPrevented;
  }
  destroy(): void {
    this.#isVisible = false;
    this.#isDestroyed = true;
    this.lose();
    this.emit('closed');
  }
  crash(reason = 'crashed'): void {
    this.webContents.emit('render-process-gone', {}, { reason });
  }
}

const laptop = { x: 0, y: 0, width: 1_440, height: 900 };
const large = { x: 1_440, y: 0, width: 2_560, height: 1_440 };

function open({
  operatingSystem = 'linux',
  hasOther = false,
}: { operatingSystem?: NodeJS.Platform; hasOther?: boolean } = {}) {
  const made: WindowFake[] = [];
  const events: string[] = [];
  const desk = { cursor: { x: 700, y: 400 }, displays: [laptop, large] };
  const screen = Object.assign(new EventEmitter(), {
    getCursorScreenPoint: () => desk.cursor,
    getAllDisplays: () => desk.displays.map((area) => ({ bounds: area, workArea: area })),
  });
  const clock = createFakeClock();
  const quickAsk = createQuickAskWindow({
    makeWindow: (place) => {
      const window = new WindowFake(place);
      made.push(window);
      return window as unknown as BrowserWindow; // only the members that are used
    },
    screen: screen as unknown as Screen, // only the members that are used
    operatingSystem,
    clock,
    logger: createRecordingLogger(),
    hasOtherVisibleWindow: () => hasOther,
    hideApp: () => void events.push('app hidden'),
    unhideApp: () => void events.push('app unhidden'),
    onDrawn: () => void events.push('drawn'),
    onShown: () => void events.push('shown'),
  });
  return { quickAsk, made, events, desk, screen, clock, last: () => made.at(-1) ?? new WindowFake(laptop) };
}

describe('createQuickAskWindow', () => {
  it('is loaded once, hidden, above the others and on all workspaces', () => {
    const { quickAsk, made, last } = open();
    quickAsk.prepare();
    quickAsk.prepare();
    expect(made).toHaveLength(1);
    expect(last().told).toEqual(['above true status', 'everywhere true']);
    expect(quickAsk).toMatchObject({ isVisible: false, isPrepared: true });
  });

  it('comes with the keys to the display with the cursor, each time anew', () => {
    const { quickAsk, desk, events, last } = open();
    quickAsk.prepare();
    quickAsk.show();
    expect(last().bounds).toEqual({ x: 400, y: 180, width: 640, height: 120 });
    expect(quickAsk).toMatchObject({ isVisible: true, isFocused: true });
    quickAsk.setHeight(500);
    quickAsk.hide();
    desk.cursor = { x: 2_000, y: 10 };
    quickAsk.show();
    // As high as it was for the last answer, an empty field would stand in an empty window.
    expect(last().bounds).toEqual({ x: 2_400, y: 288, width: 640, height: 120 });
    expect(events).toEqual(['shown', 'drawn', 'shown', 'drawn']);
  });

  it('comes as high as its empty page said while it was hidden', () => {
    // Catches the window that grows under the eyes each time that it comes.
    const { quickAsk, last } = open();
    quickAsk.prepare();
    quickAsk.setHeight(264);
    quickAsk.show();
    quickAsk.setHeight(500);
    quickAsk.stepAside();
    quickAsk.setHeight(480);
    quickAsk.comeBack();
    quickAsk.hide();
    quickAsk.show();
    expect(last().bounds.height).toBe(264);
  });

  it('has the wanted size on a display of another scale', () => {
    const { quickAsk, desk, last } = open();
    quickAsk.prepare();
    desk.cursor = { x: 2_000, y: 10 };
    last().isScaling = true;
    quickAsk.show();
    expect(last().bounds).toEqual({ x: 2_400, y: 288, width: 640, height: 120 });
  });

  it('hides when another window takes the keys', () => {
    const { quickAsk, events, last } = open({ operatingSystem: 'darwin' });
    quickAsk.show();
    last().lose();
    expect(quickAsk.isVisible).toBe(false);
    // Hiding the app as well would take the keys from the window that has just got them.
    expect(events).not.toContain('app hidden');
  });

  it.each([
    ['darwin', false, ['shown', 'app unhidden', 'drawn', 'app hidden']],
    ['darwin', true, ['shown', 'app unhidden', 'drawn']],
    ['win32', false, ['shown', 'drawn']],
  ] as const)('gives the focus back on %s, with another window in sight: %s', (operatingSystem, hasOther, expected) => {
    const { quickAsk, events } = open({ operatingSystem, hasOther });
    quickAsk.show();
    quickAsk.hide();
    quickAsk.hide();
    expect(quickAsk.isVisible).toBe(false);
    expect(events).toEqual(expected);
  });

  // A `quick-ask-shown` when it comes back would empty the field while its owner takes a selection for it.
  it('steps aside and comes back as it was', () => {
    const { quickAsk, events, last } = open();
    quickAsk.show();
    quickAsk.setHeight(400);
    quickAsk.stepAside();
    expect(quickAsk.isVisible).toBe(false);
    quickAsk.comeBack();
    expect(quickAsk).toMatchObject({ isVisible: true, isFocused: true });
    expect(last().bounds.height).toBe(400);
    expect(events.filter((event) => event === 'shown')).toHaveLength(1);
  });

  it('does not come back after it was hidden meanwhile', () => {
    const { quickAsk } = open();
    quickAsk.show();
    quickAsk.stepAside();
    quickAsk.hide();
    quickAsk.comeBack();
    expect(quickAsk.isVisible).toBe(false);
  });

  it('comes into sight when its display is unplugged', () => {
    const { quickAsk, desk, screen, last } = open();
    desk.cursor = { x: 2_000, y: 10 };
    quickAsk.show();
    desk.displays = [laptop];
    screen.emit('display-removed', {}, {});
    expect(last().bounds).toMatchObject({ x: 400, y: 180 });
  });

  it('is made anew when its page crashes, and shown again where it was in sight', () => {
    const { quickAsk, made, events, last } = open();
    quickAsk.prepare();
    last().crash();
    expect(made).toHaveLength(2);
    expect(quickAsk.isVisible).toBe(false);
    quickAsk.show();
    last().crash('oom');
    expect(made).toHaveLength(3);
    expect(quickAsk).toMatchObject({ isVisible: true, isFocused: true });
    expect(events.slice(-2)).toEqual(['shown', 'drawn']);
  });

  it('is made anew when its page hangs', () => {
    const { quickAsk, made, last } = open();
    quickAsk.prepare();
    last().emit('unresponsive');
    expect(made).toHaveLength(2);
  });

  // A page that crashes while it loads would be made again and again.
  it('waits for the next press when its page crashes again and again', async () => {
    const { quickAsk, made, last, clock } = open();
    quickAsk.prepare();
    for (let crash = 0; crash < 3; crash += 1) last().crash();
    expect(made).toHaveLength(3);
    await clock.advance(61_000);
    quickAsk.show();
    expect(made).toHaveLength(4);
  });

  it('is put away, not ended, by the keys that close windows, until the app ends it', () => {
    const { quickAsk, made, last, screen } = open();
    quickAsk.show();
    expect(last().close()).toBe(false);
    expect(quickAsk.isVisible).toBe(false);
    quickAsk.close();
    quickAsk.prepare();
    quickAsk.show();
    expect(made).toHaveLength(1);
    // Electron's screen outlives the window.
    expect(screen.eventNames()).toEqual([]);
  });
});
