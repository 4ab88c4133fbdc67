import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findBrowser } from '../browser.ts';
import { buildSampleApp, electronDoublePath, SampleRun } from './sample-app.ts';

/** What the sample's preload and page put on `window`. */
type SampleWindow = {
  readonly sample: {
    readonly list: readonly unknown[];
    readonly nodeRefused: string;
    readonly memberRefused: string;
    readonly add: (left: number, right: number) => number;
    readonly twice: (callback: (value: number) => number) => number;
    readonly throws: () => void;
    readonly same: (value: unknown) => Promise<unknown>;
    readonly fail: () => Promise<void>;
    readonly unknown: () => Promise<void>;
    readonly choose: () => Promise<readonly string[]>;
    readonly copy: (text: string) => Promise<void>;
    readonly greetByPort: (greeting: string, text: string) => Promise<unknown>;
    readonly pathOf: (file: File) => string;
  };
  readonly samplePort: MessagePort;
  readonly directAnswer?: { readonly echo: unknown; readonly from: number };
  onSampleMessage?: (message: Record<string, unknown>) => void;
};

declare global {
  interface Window extends SampleWindow {}
}

const buildFolder = mkdtempSync(join(tmpdir(), 'electron-double-sample-'));
let chromiumPath: string;

beforeAll(async () => {
  chromiumPath = await findBrowser();
  await buildSampleApp(buildFolder);
});

afterAll(() => rmSync(buildFolder, { recursive: true, force: true }));

const isRunning = (pid: number): boolean => {
  try {
    // A process that has ended and that nobody has waited for yet is a zombie.
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
};

/** Every process below `pid`. */
function descendants(pid: number): readonly number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1]) === pid;
      } catch {
        return false;
      }
    })
    .map(Number);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

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
      expect(second.status, second.stderr).toBe(3);
      await vi.waitUntil(() => run.notes.includes('second-instance --from-second'));
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
            return String(attempt());
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

    it('joins a utility process and a page by a port of their own', async () => {
      await page.waitForFunction(() => window.directAnswer !== undefined);
      const echo = await page.evaluate(() => {
        const answer = window.directAnswer;
        return answer?.echo instanceof Map && [String(answer.echo.get('key')), answer.from];
      });
      expect(echo).toEqual(['1', Number(run.noteAfter('utility '))]);
    });

    it('gives a utility process its environment and its output, and a parent port in place of a channel', () => {
      expect(run.noteAfter('utility answers ')).toBe('{"env":"yes","hasChannel":false}');
      expect(run.noteAfter('utility says ')).toBe('hello');
    });

    it('carries a port from the preload to the main process', async () => {
      expect(await page.evaluate(() => window.sample.greetByPort('hello', 'you'))).toEqual(['hello', 'you']);
    });

    it('clones structured values both ways, cycles included', async () => {
      const seen = await page.evaluate(async () => {
        const circle: { self?: unknown } = {};
        circle.self = circle;
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
          circle,
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
          isCircle: got.circle.self === got.circle,
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
        isCircle: true,
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

  describe('the page', () => {
    it('sees what the preload exposes, and nothing else of it', async () => {
      const seen = await page.evaluate(() => {
        const { sample } = window;
        const names = ['require', 'process', 'module', 'ipcRenderer', '__electronDoubleIn', '__electronDoubleOut'];
        let thrown = '';
        try {
          sample.throws();
        } catch (error) {
          thrown = String(error);
        }
        return {
          thrown,
          sum: sample.add(2, 3),
          twice: sample.twice((value) => value * 2),
          list: sample.list,
          nodeRefused: sample.nodeRefused,
          memberRefused: sample.memberRefused,
          leaked: names.filter((name) => name in window),
          isFrozen: Object.isFrozen(sample),
          isSecure: isSecureContext,
        };
      });
      expect(seen).toEqual({
        thrown: 'TypeError: refused at once',
        sum: 5,
        twice: 4,
        list: [1, { two: 2 }],
        nodeRefused: 'Error: module not found: node:fs',
        memberRefused: 'Error: electron.ipcRenderer.sendSync is not part of the test double',
        leaked: [],
        isFrozen: true,
        isSecure: true,
      });
    });

    it('is held to the headers of the protocol handler, its content security policy first', async () => {
      const seen = await page.evaluate(async () => {
        // A turn later, because what evaluate runs itself may use eval.
        const inPage = async (act: () => unknown) =>
          new Promise<string>((done) => {
            setTimeout(() => {
              try {
                done(String(act()));
              } catch (error) {
                done(error instanceof Error ? error.name : '');
              }
            });
          });
        const response = await fetch('/page.css');
        return {
          header: response.headers.get('x-sample'),
          missing: (await fetch('/nothing')).status,
          echo: (await (await fetch('/echo', { method: 'POST', body: 'hi' })).json()) as unknown,
          inlineRan: 'inlineRan' in window,
          style: getComputedStyle(document.getElementById('drop')!).backgroundColor,
          evaluation: await inPage(() => Reflect.apply(eval, undefined, ['1'])),
          markup: await inPage(() => (document.body.innerHTML += '<p>')),
          outside: await fetch('https://example.com/').catch((error: Error) => error.name),
        };
      });
      expect(seen).toEqual({
        header: 'kept',
        missing: 404,
        echo: { method: 'POST', body: 'hi', origin: 'app://bundle' },
        inlineRan: false,
        style: 'rgb(1, 2, 3)',
        evaluation: 'EvalError',
        markup: 'TypeError',
        outside: 'TypeError',
      });
    });

    it('puts a request that its policy allows before the request filter of the session', async () => {
      expect(await page.evaluate(() => fetch('https://allowed.example/x').catch(String))).toContain('TypeError');
      expect(run.notes).toContain('cancelled xhr https://allowed.example/x');
    });

    it('has the permissions that both handlers grant', async () => {
      const states = await page.evaluate(async () => {
        const names = ['microphone', 'geolocation', 'notifications', 'clipboard-write'];
        // TypeScript does not know every name that Chromium does.
        const query = (name: string) => navigator.permissions.query({ name: name as PermissionName });
        return Promise.all(names.map(async (name) => (await query(name)).state));
      });
      expect(states).toEqual(['denied', 'denied', 'denied', 'granted']);
      expect(run.notes).toContain('permission media app://bundle/index.html');
      expect(run.notes).not.toContain('permission geolocation app://bundle/index.html');
    });

    it('opens no window, and the app hears of the wish', async () => {
      await app.evaluate(({ shell }) => {
        const opened: string[] = [];
        shell.openExternal = async (url) => {
          opened.push(url);
        };
        Reflect.set(globalThis, 'opened', opened);
      });
      await page.click('#docs');
      await page.evaluate(() => void window.open('https://example.com/popup'));
      await vi.waitUntil(() => run.notes.includes('window-open https://example.com/popup'));
      expect(run.notes).toContain('window-open https://docs.example.org/');
      expect(await app.evaluate(() => Reflect.get(globalThis, 'opened') as unknown)).toEqual([
        'https://docs.example.org/',
      ]);
      expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    });

    it('goes nowhere that the app forbids', async () => {
      const before = page.url();
      for (const [id, url] of [
        ['#away', 'https://example.com/'],
        ['#mail', 'mailto:someone@example.com'],
      ] as const) {
        await page.click(id);
        await vi.waitUntil(() => run.notes.includes(`will-navigate ${url}`));
      }
      expect(await page.evaluate(() => document.title)).toBe('Sample');
      expect(page.url()).toBe(before);
    });

    // Catches ports and calls that stay tied to a document that is gone.
    it('starts afresh where the app lets it go, and its old ports close', async () => {
      const expectFresh = async (address: string) => {
        await vi.waitUntil(() => run.notes.includes(`connect from ${address} true`));
        await page.getByText('total 55').waitFor();
        expect(await page.evaluate(() => window.sample.same('again'))).toBe('again');
      };
      await page.click('#inside');
      await expectFresh('app://bundle/index.html?inside');
      await page.click('#written-out');
      await expectFresh('app://bundle/index.html?written-out');
      expect(run.notes).toContain('will-navigate app://bundle/index.html?written-out');
      await page.reload();
      await page.getByText('total 55').waitFor();
      await vi.waitUntil(() => run.notes.filter((note) => note === 'port closed').length === 3);
    });

    it('finds the path of a dropped and of a chosen file, and none for one that a script made', async () => {
      const path = join(run.folder, 'a ü.txt');
      writeFileSync(path, 'x');
      const devTools = await page.context().newCDPSession(page);
      const box = (await page.locator('#drop').boundingBox())!;
      const data = { items: [], files: [path], dragOperationsMask: 1 };
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
        await devTools.send('Input.dispatchDragEvent', { type, x: box.x + 9, y: box.y + 9, data });
      }
      await page.getByText(path, { exact: true }).waitFor();
      const chosen = join(run.folder, 'chosen.txt');
      writeFileSync(chosen, 'y');
      await page.setInputFiles('#choose', chosen);
      await page.getByText(chosen, { exact: true }).waitFor();
      expect(await page.evaluate(() => window.sample.pathOf(new File(['x'], 'y')))).toBe('');
    });
  });

  describe('the desktop', () => {
    it('does what an enabled menu item says', async () => {
      await app.evaluate(({ Menu }) => {
        for (const id of ['new', 'off', 'reload']) Menu.getApplicationMenu()?.getMenuItemById(id)?.click();
      });
      await vi.waitUntil(() => run.notes.filter((note) => note === 'port closed').length === 4);
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

describe('the end of the double', () => {
  const launch = async (more: Readonly<Record<string, string>> = {}) => {
    const run = new SampleRun(chromiumPath, more);
    return { run, ...(await run.launch(buildFolder)) };
  };

  it('comes in order, after what the app puts before it, and leaves no process', async () => {
    const { run, app } = await launch({ SAMPLE_TIDY: 'yes' });
    const pid = app.process().pid!;
    const processes = [pid, ...descendants(pid)];
    expect(processes).toContain(Number(run.noteAfter('utility ')));
    await app.close();
    const order = /^(closed|window-all-closed|before-quit|will-quit|quit)/;
    expect(run.notes.filter((note) => order.test(note))).toEqual([
      'before-quit false',
      'before-quit true',
      'closed',
      'will-quit',
      'quit 0',
    ]);
    await vi.waitUntil(() => !processes.some(isRunning));
    run.remove();
  });

  it('follows the closing of the last window, which Playwright can ask for', async () => {
    const { run, app, page } = await launch();
    const ended = app.waitForEvent('close');
    await page.close();
    await ended;
    expect(run.notes.filter((note) => /^(closed|window-all-closed|before-quit|quit)/.test(note))).toEqual([
      'closed',
      'window-all-closed',
      'before-quit false',
      'quit 0',
    ]);
    run.remove();
  });

  it('leaves no process when the main process is killed, and the next start is the first instance', async () => {
    const { run, app } = await launch();
    const pid = app.process().pid!;
    const processes = descendants(pid);
    expect(processes.length).toBeGreaterThanOrEqual(3);
    process.kill(pid, 'SIGKILL');
    await vi.waitUntil(() => !processes.some(isRunning), { timeout: 10_000 });
    const { app: next } = await run.launch(buildFolder);
    await next.close();
    run.remove();
  });

  it('does not come when a page crashes: the app is told, and can load it again', async () => {
    const { run, app, page } = await launch();
    const devTools = await page.context().newCDPSession(page);
    devTools.send('Page.crash').catch(() => undefined); // the crash takes the answer with it
    await vi.waitUntil(() => run.notes.filter((note) => note.startsWith('connect from')).length === 2);
    expect(run.notes).toContain('render-process-gone crashed');
    await app.evaluate(({ app: inMain }) => inMain.exit(4)).catch(() => undefined);
    await vi.waitUntil(() => run.notes.includes('quit 4'));
    run.remove();
  });

  it('comes at once when a bundle imports what the double has not', () => {
    const run = new SampleRun(chromiumPath);
    const entryPath = join(run.folder, 'main.mjs');
    writeFileSync(entryPath, "import { Tray } from 'electron';\nnew Tray('icon.png');\n");
    const { status, stderr } = spawnSync(electronDoublePath, [entryPath], { env: run.env, encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toContain("does not provide an export named 'Tray'");
    run.remove();
  });
});
