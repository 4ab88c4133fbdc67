import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { atDesk } from '../app/desk.ts';
import { findBrowser } from '../browser.ts';
import { buildSampleApp, electronDoublePath, SampleRun } from './sample-app.ts';
import './sample-window.ts';

const buildFolder = mkdtempSync(join(tmpdir(), 'electron-double-sample-'));
let chromiumPath: string;

beforeAll(async () => {
  chromiumPath = await findBrowser();
  await buildSampleApp(buildFolder);
});

afterAll(() => rmSync(buildFolder, { recursive: true, force: true }));

const laptop = { id: 1, bounds: { x: 0, y: 0, width: 1_440, height: 900 }, scaleFactor: 2 };
const large = { id: 2, bounds: { x: 1_440, y: -300, width: 2_560, height: 1_440 } };

describe('the desk of the double', () => {
  let run: SampleRun;
  let app: ElectronApplication;
  let page: Page;

  beforeAll(async () => {
    run = new SampleRun(chromiumPath);
    ({ app, page } = await run.launch(buildFolder));
  });

  afterAll(async () => {
    await app.close();
    run.remove();
  });

  it('lets keys be held by one program at a time, and presses them', async () => {
    await atDesk(app, 'takeShortcut', 'Alt+Space', true);
    const answers = await app.evaluate(({ globalShortcut }) => {
      const attempt = (keys: string) => {
        try {
          return globalShortcut.register(keys, () => Reflect.set(globalThis, 'pressed', keys));
        } catch (error) {
          return error instanceof Error ? error.name : '';
        }
      };
      return ['Alt+Space', 'Alt+K', 'Alt+K', 'Alt+Nothing'].map(attempt);
    });
    expect(answers).toEqual([false, true, false, 'TypeError']);
    expect(await atDesk(app, 'pressShortcut', 'Alt+Space')).toBe(false);
    expect(await atDesk(app, 'pressShortcut', 'Alt+K')).toBe(true);
    expect(await app.evaluate(() => Reflect.get(globalThis, 'pressed') as unknown)).toBe('Alt+K');
    await app.evaluate(({ globalShortcut }) => globalShortcut.unregisterAll());
    expect(await atDesk(app, 'pressShortcut', 'Alt+K')).toBe(false);
  });

  it('tells of displays that come, change and go, and finds the nearest one', async () => {
    await app.evaluate(({ screen }) => {
      const heard: string[] = [];
      screen.on('display-added', (_event, { id }) => heard.push(`added ${id}`));
      screen.on('display-removed', (_event, { id }) => heard.push(`removed ${id}`));
      screen.on('display-metrics-changed', (_event, { id, scaleFactor }) => heard.push(`changed ${id} ${scaleFactor}`));
      Reflect.set(globalThis, 'heard', heard);
    });
    await atDesk(app, 'setDisplays', [laptop, large]);
    const nearest = await app.evaluate(({ screen }) => [
      screen.getDisplayNearestPoint({ x: 9_000, y: 0 }).id,
      screen.getDisplayMatching({ x: 1_300, y: 0, width: 200, height: 100 }).id,
      screen.getPrimaryDisplay().id,
    ]);
    expect(nearest).toEqual([2, 1, 1]);
    await atDesk(app, 'setDisplays', [large]);
    await atDesk(app, 'setDisplays', []);
    expect(await app.evaluate(() => Reflect.get(globalThis, 'heard') as unknown)).toEqual([
      'changed 1 2',
      'added 2',
      'removed 1',
      'removed 2',
    ]);
    expect(await app.evaluate(({ screen }) => screen.getAllDisplays().length)).toBe(0);
    await atDesk(app, 'setDisplays', [laptop]);
  });

  // Catches a place that is remembered as large as the display that the window filled.
  it('knows the place of a window that fills its display, which the page fills too', async () => {
    const fill = async (what: 'maximize' | 'unmaximize') =>
      app.evaluate(({ BrowserWindow }, name) => {
        const window = BrowserWindow.getAllWindows()[0]!;
        window[name]();
        return { now: window.getBounds(), normal: window.getNormalBounds(), isMaximized: window.isMaximized() };
      }, what);
    const filled = await fill('maximize');
    expect(filled).toMatchObject({ now: laptop.bounds, normal: { width: 900, height: 640 }, isMaximized: true });
    await page.waitForFunction(() => innerWidth === 1_440);
    expect((await fill('unmaximize')).now).toEqual(filled.normal);
    await page.waitForFunction(() => innerWidth === 900);
  });

  it('gives the keys to the window before when one hides, closes or is minimized, and tells each', async () => {
    const told = await app.evaluate(({ BrowserWindow }) => {
      const main = BrowserWindow.getAllWindows()[0]!;
      const heard: string[] = [];
      main.focus();
      main.on('focus', () => heard.push('main focus')).on('blur', () => heard.push('main blur'));
      const second = new BrowserWindow({ show: false });
      second.on('focus', () => heard.push('second focus')).on('blur', () => heard.push('second blur'));
      second.show();
      second.hide();
      second.show();
      second.minimize();
      second.show();
      second.destroy();
      return heard;
    });
    const there = ['main blur', 'second focus'];
    const back = ['second blur', 'main focus'];
    expect(told).toEqual([...there, ...back, ...there, ...back, ...there]);
    // The end of a window is told when its page is gone.
    await expect
      .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.isFocused()))
      .toBe(true);
    await atDesk(app, 'focusElsewhere');
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow() === null)).toBe(true);
  });

  it('keeps a window whose closing is prevented', async () => {
    const isThere = await app.evaluate(({ BrowserWindow }) => {
      const window = new BrowserWindow({ show: false });
      window.once('close', (event) => event.preventDefault());
      window.close();
      const afterFirst = window.isDestroyed();
      window.close();
      return { afterFirst, afterSecond: window.isDestroyed() };
    });
    expect(isThere).toEqual({ afterFirst: false, afterSecond: true });
  });

  it('shows a tray, a menu that pops up and notifications, and chooses in them', async () => {
    await app.evaluate(({ Menu, Notification, Tray, nativeImage }) => {
      const chosen: string[] = [];
      const item = (id: string) => ({ id, label: id.toUpperCase(), click: () => chosen.push(id) });
      const tray = new Tray(nativeImage.createEmpty());
      tray.setToolTip('Resting');
      tray.setContextMenu(Menu.buildFromTemplate([item('one'), { type: 'separator' }, item('two')]));
      tray.on('click', () => chosen.push('tray'));
      Menu.buildFromTemplate([item('three')]).popup();
      const notification = new Notification({ title: 'Done', body: 'A file' });
      notification.on('click', () => chosen.push('notification'));
      notification.show();
      new Notification({ title: 'Never shown' });
      // Held, or Electron would forget them.
      Reflect.set(globalThis, 'held', { chosen, tray, notification });
    });
    expect(await atDesk(app, 'trayToolTip')).toBe('Resting');
    expect(await atDesk(app, 'trayLabels')).toEqual(['ONE', 'TWO']);
    await atDesk(app, 'chooseInTray', 'two');
    await atDesk(app, 'clickTray');
    expect(await atDesk(app, 'popupLabels')).toEqual(['THREE']);
    await atDesk(app, 'chooseInPopup', 'THREE');
    expect(await atDesk(app, 'notifications')).toEqual([{ title: 'Done', body: 'A file' }]);
    await atDesk(app, 'clickNotification', 'Done');
    expect(await app.evaluate(() => (Reflect.get(globalThis, 'held') as { chosen: string[] }).chosen)).toEqual([
      'two',
      'tray',
      'three',
      'notification',
    ]);
  });

  it('runs on the battery and sleeps when a spec wants it so', async () => {
    await app.evaluate(({ powerMonitor }) => {
      powerMonitor.on('suspend', () => Reflect.set(globalThis, 'slept', true));
    });
    await atDesk(app, 'emitPower', 'suspend');
    expect(await app.evaluate(() => Reflect.get(globalThis, 'slept') as unknown)).toBe(true);
    const isOnBattery = async () => app.evaluate(({ powerMonitor }) => powerMonitor.isOnBatteryPower());
    expect(await isOnBattery()).toBe(false);
    await atDesk(app, 'emitPower', 'on-battery');
    expect(await isOnBattery()).toBe(true);
    await atDesk(app, 'emitPower', 'on-ac');
    expect(await isOnBattery()).toBe(false);
  });

  it('keeps the selection of another app apart from the clipboard', async () => {
    await app.evaluate(({ clipboard }) => clipboard.writeText('copied'));
    await atDesk(app, 'setSelection', 'selected');
    const read = async () =>
      app.evaluate(async ({ clipboard }) => [await clipboard.readText(), await clipboard.selection.readText()]);
    expect(await read()).toEqual(['copied', 'selected']);
    await app.evaluate(({ clipboard }) => clipboard.clear());
    expect(await read()).toEqual(['', 'selected']);
  });

  it('puts the downloads of a page to the app, which may refuse them', async () => {
    const save = async (name: string, kind: 'blob' | 'data') =>
      page.evaluate(
        ([fileName, from]) => {
          const link = document.createElement('a');
          link.download = fileName;
          link.href = from === 'blob' ? URL.createObjectURL(new Blob(['x'])) : 'data:application/zip,x';
          link.click();
        },
        [name, kind] as const,
      );
    await save('made-here.txt', 'blob');
    await run.waitForNote('download made-here.txt own');
    await save('given.zip', 'data');
    await run.waitForNote('download given.zip refused');
    expect(run.notes.filter((note) => note.startsWith('download '))).toHaveLength(2);
  });
});

describe('another desk', () => {
  it('has neither tray nor notifications where the system refuses them', async () => {
    const run = new SampleRun(chromiumPath, { ELECTRON_DOUBLE_NO_TRAY: '1', ELECTRON_DOUBLE_NO_NOTIFICATIONS: '1' });
    const { app } = await run.launch(buildFolder);
    const seen = await app.evaluate(({ nativeImage, Notification, Tray }) => {
      new Notification({ title: 'Unseen' }).show();
      try {
        return new Tray(nativeImage.createEmpty()).isDestroyed();
      } catch (error) {
        return `${String(error)}; ${Notification.isSupported()}`;
      }
    });
    expect(seen).toBe('Error: Failed to create a status icon; false');
    expect(await atDesk(app, 'notifications')).toEqual([]);
    await app.close();
    run.remove();
  });

  // Catches a release that is tested with the arguments and walls of a checkout.
  it('has an installed app, which is its own executable', async () => {
    const run = new SampleRun(chromiumPath, { ELECTRON_DOUBLE_PACKAGED: '1' });
    const { app } = await run.launch(buildFolder);
    const seen = await app.evaluate(({ app: inMain }) => ({
      isPackaged: inMain.isPackaged,
      given: process.argv.slice(1),
      name: inMain.getName(),
    }));
    expect(seen).toEqual({ isPackaged: true, given: [], name: 'Sample' });
    const second = spawnSync(electronDoublePath, [buildFolder, '--a', 'b', '--no-sandbox'], { env: run.env });
    expect(second.status).toBe(3);
    await run.waitForNote('second-instance --no-sandbox');
    await app.close();
    run.remove();
  });

  it('starts what an app asks for when it ends, and not before', async () => {
    const run = new SampleRun(chromiumPath);
    const { app } = await run.launch(buildFolder);
    const provePath = join(run.folder, 'started-again');
    await app.evaluate(({ app: inMain }, path) => {
      inMain.relaunch({ execPath: '/bin/sh', args: ['-c', 'echo yes > "$0"', path] });
    }, provePath);
    expect(existsSync(provePath)).toBe(false);
    await app.close();
    await vi.waitUntil(() => existsSync(provePath) && readFileSync(provePath, 'utf8') === 'yes\n', { timeout: 15_000 });
    run.remove();
  });
});
