import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../browser.ts';
import { buildSampleApp, SampleRun } from './sample-app.ts';
import './sample-window.ts';

const buildFolder = mkdtempSync(join(tmpdir(), 'electron-double-sample-'));
let chromiumPath: string;

beforeAll(async () => {
  chromiumPath = await findBrowser();
  await buildSampleApp(buildFolder);
});

afterAll(() => rmSync(buildFolder, { recursive: true, force: true }));

describe('a page under the double', () => {
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
        evaluation: await inPage(() => Reflect.construct(Function, ['return 1'])),
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
    await run.waitForNote('window-open https://example.com/popup');
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
      await run.waitForNote(`will-navigate ${url}`);
    }
    expect(await page.evaluate(() => document.title)).toBe('Sample');
    expect(page.url()).toBe(before);
  });

  // Catches ports and calls that stay tied to a document that is gone.
  it('starts afresh where the app lets it go, and its old ports close', async () => {
    const expectFresh = async (address: string) => {
      await run.waitForNote(`connect from ${address} true`);
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
    await run.waitForNote('port closed', 3);
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
