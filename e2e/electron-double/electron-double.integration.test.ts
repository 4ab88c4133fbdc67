import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

describe('the double of Electron', () => {
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

  describe('app', () => {
    it('has the name, version and folders of the app that it was given', async () => {
      const seen = await app.evaluate(({ app: inMain }) => ({
        name: inMain.getName(),
        version: inMain.getVersion(),
        root: inMain.getAppPath(),
        userData: inMain.getPath('userData'),
        logs: inMain.getPath('logs'),
        isPackaged: inMain.isPackaged,
        locale: inMain.getLocale(),
      }));
      const userData = join(run.env['XDG_CONFIG_HOME'] ?? '', 'sample-data');
      expect(seen).toEqual({
        name: 'Sample',
        version: '1.2.3',
        root: buildFolder,
        userData,
        logs: join(userData, 'logs'),
        isPackaged: false,
        locale: 'en-US',
      });
    });

    it('announces web contents and the first paint in order', () => {
      const order = ['contents 1', 'ready-to-show', 'loaded app://bundle/index.html'];
      expect(run.notes.filter((note) => order.includes(note))).toEqual(order);
    });

    it('hands the arguments of a second instance to the first, which stays alone', async () => {
      const second = spawnSync(electronDoublePath, [buildFolder, '--from-second'], { env: run.env, encoding: 'utf8' });
      expect(second).toMatchObject({ status: 3 });
      await run.waitForNote('second-instance --from-second');
    });

    it('throws when it is asked for a member, an event or an option that it does not have', async () => {
      const refusals = await app.evaluate(({ app: inMain, BrowserWindow, shell, Menu }) => {
        const attempts = [
          () => Reflect.get(inMain, 'getBadgeCount'),
          () => Reflect.get(shell, 'beep'),
          () => Reflect.get(BrowserWindow, 'fromBrowserView'),
          () => Reflect.get(BrowserWindow.getAllWindows()[0]!.webContents, 'print'),
          () => Reflect.get(Menu.getApplicationMenu()!.items[0]!, 'sublabel'),
          () => inMain.on('gpu-info-update', () => undefined),
          () => new BrowserWindow({ kiosk: true }),
          () => new BrowserWindow({ webPreferences: { sandbox: false } }),
        ];
        return attempts.map((attempt) => {
          try {
            attempt();
            return 'nothing was thrown';
          } catch (error) {
            return String(error);
          }
        });
      });
      expect(refusals).toEqual([
        'Error: electron.app.getBadgeCount is not part of the test double',
        'Error: electron.shell.beep is not part of the test double',
        'Error: electron.BrowserWindow.fromBrowserView is not part of the test double',
        'Error: electron.WebContents.print is not part of the test double',
        'Error: electron.MenuItem.sublabel is not part of the test double',
        "Error: electron.app event 'gpu-info-update' is not part of the test double",
        'Error: BrowserWindow option kiosk is not part of the test double',
        'Error: webPreferences.sandbox: false is not part of the test double',
      ]);
    });
  });

  describe('messages', () => {
    it('names the sender of a message by its app address', () => {
      expect(run.noteAfter('connect from ')).toBe('app://bundle/index.html true');
    });

    it('joins a utility process and a page by a port of their own, which carries even a circle', async () => {
      const echo = await page.evaluate(async () => {
        const sent = new Map<string, unknown>([['one', 1n]]);
        sent.set('self', sent);
        const { echo: got, from } = await window.askUtility(sent);
        return got instanceof Map && { one: String(got.get('one')), isCircle: got.get('self') === got, from };
      });
      expect(echo).toEqual({ one: '1', isCircle: true, from: Number(run.noteAfter('utility ')) });
    });

    // Catches the double's own switches in what a utility process forks, such as a library's self-test: it would hang.
    it('gives a utility process its environment, switches and output, and a parent port in place of a channel', () => {
      expect(JSON.parse(run.noteAfter('utility answers ') ?? '')).toEqual({
        env: 'yes',
        hasChannel: false,
        execArgv: ['--max-old-space-size=128'],
        script: 'utility.js',
      });
      expect(run.noteAfter('utility says ')).toBe('hello');
    });

    it('carries a port from the preload to the main process', async () => {
      expect(await page.evaluate(() => window.sample.greetByPort('hello', 'you'))).toEqual(['hello', 'you']);
    });

    it('clones structured values both ways', async () => {
      const seen = await page.evaluate(async () => {
        const sent = {
          map: new Map([[1, new Set(['a'])]]),
          date: new Date(5),
          bytes: new Uint8Array([1, 2]),
          buffer: new Uint8Array([3]).buffer,
          floats: new Float32Array([1.5]),
          nothing: undefined,
          numbers: [Number.NaN, -0, 12n],
          pattern: /a/g,
          error: new RangeError('far'),
        };
        const got = (await window.sample.same(sent)) as typeof sent; // the handler returns what it is given
        return {
          map: got.map.get(1)?.has('a'),
          date: got.date.getTime(),
          bytes: got.bytes instanceof Uint8Array && [...got.bytes],
          buffer: got.buffer.byteLength,
          floats: got.floats[0],
          hasNothing: 'nothing' in got,
          numbers: got.numbers.map((value) => (Object.is(value, -0) ? '-0' : String(value))),
          pattern: String(got.pattern),
          error: String(got.error),
        };
      });
      expect(seen).toEqual({
        map: true,
        date: 5,
        bytes: [1, 2],
        buffer: 1,
        floats: 1.5,
        hasNothing: true,
        numbers: ['NaN', '-0', '12'],
        pattern: '/a/g',
        error: 'RangeError: far',
      });
    });

    it('rejects an invocation in the words of Electron when its handler throws or is missing', async () => {
      const failures = await page.evaluate(async () => {
        const reason = async (promise: Promise<unknown>) => promise.then(String, String);
        return [await reason(window.sample.fail()), await reason(window.sample.unknown())];
      });
      expect(failures).toEqual([
        "Error: Error invoking remote method 'fail': RangeError: too far",
        "Error: Error invoking remote method 'unknown': Error: No handler registered for 'unknown'",
      ]);
    });

    // Catches lost and reordered messages where batches meet.
    it('keeps the order of 20,000 messages each way', async () => {
      const down = await page.evaluate(async (flood) => {
        const { promise, resolve } = Promise.withResolvers<boolean>();
        let seen = 0;
        window.onSampleMessage = ({ at }) => {
          if (at !== seen) resolve(false);
          seen += 1;
          if (seen === flood) resolve(true);
        };
        window.samplePort.postMessage({ flood });
        return promise;
      }, 20_000);
      expect(down).toBe(true);
      const up = await page.evaluate(async (flood) => {
        const { promise, resolve } = Promise.withResolvers<unknown>();
        window.onSampleMessage = resolve;
        for (let at = 0; at < flood; at += 1) window.samplePort.postMessage({ at, isLast: at === flood - 1 });
        return promise;
      }, 20_000);
      expect(up).toEqual({ received: 20_000, isOrdered: true });
    });
  });

  describe('the desktop', () => {
    it('does what an enabled menu item says', async () => {
      await app.evaluate(({ Menu }) => {
        for (const id of ['new', 'off', 'reload']) Menu.getApplicationMenu()?.getMenuItemById(id)?.click();
      });
      await run.waitForNote('port closed');
      await page.getByText('total 55').waitFor();
      expect(run.notes).toContain('menu New');
      expect(run.notes).not.toContain('menu Off');
    });

    it('cancels a dialog until a spec answers in its place', async () => {
      expect(await page.evaluate(() => window.sample.choose())).toEqual([]);
      await app.evaluate(({ dialog }) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: ['/chosen'] });
      });
      expect(await page.evaluate(() => window.sample.choose())).toEqual(['/chosen']);
    });

    it('keeps a clipboard of its own', async () => {
      await page.evaluate(() => window.sample.copy('kept'));
      expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe('kept');
    });

    it('shows the page the theme that the app chooses', async () => {
      const isDark = () => matchMedia('(prefers-color-scheme: dark)').matches;
      expect(await page.evaluate(isDark)).toBe(false);
      await app.evaluate(({ nativeTheme }) => void (nativeTheme.themeSource = 'dark'));
      await page.waitForFunction(isDark);
      expect(run.notes).toContain('dark true');
    });

    it('gives the page the size of its window, and no less than the least', async () => {
      const resize = async (width: number) =>
        app.evaluate(({ BrowserWindow }, wanted) => {
          const [window] = BrowserWindow.getAllWindows();
          window?.setBounds({ width: wanted });
          return window?.getBounds().width;
        }, width);
      expect(await resize(700)).toBe(700);
      await page.waitForFunction(() => innerWidth === 700);
      expect(await resize(100)).toBe(500);
      await page.waitForFunction(() => innerWidth === 500);
    });
  });
});
