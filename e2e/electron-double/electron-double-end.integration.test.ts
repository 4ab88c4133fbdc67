import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { descendantsOf, isAlive } from '../app/processes.ts';
import { findBrowser } from '../browser.ts';
import { buildSampleApp, electronDoublePath, SampleRun } from './sample-app.ts';

const buildFolder = mkdtempSync(join(tmpdir(), 'electron-double-sample-'));
let chromiumPath: string;

beforeAll(async () => {
  chromiumPath = await findBrowser();
  await buildSampleApp(buildFolder);
});

afterAll(() => rmSync(buildFolder, { recursive: true, force: true }));

const descendantPids = (pid: number): readonly number[] => descendantsOf(pid).map((entry) => entry.pid);

describe('the end of the double', () => {
  const launch = async (more: Readonly<Record<string, string>> = {}) => {
    const run = new SampleRun(chromiumPath, more);
    return { run, ...(await run.launch(buildFolder)) };
  };

  it('comes in order, after what the app puts before it, and leaves no process', async () => {
    const { run, app } = await launch({ SAMPLE_TIDY: 'yes' });
    const pid = app.process().pid!;
    const processes = [pid, ...descendantPids(pid)];
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
    await vi.waitUntil(() => !processes.some(isAlive), { timeout: 15_000 });
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
    const processes = descendantPids(pid);
    expect(processes.length).toBeGreaterThanOrEqual(3);
    process.kill(pid, 'SIGKILL');
    await vi.waitUntil(() => !processes.some(isAlive), { timeout: 15_000 });
    const { app: next } = await run.launch(buildFolder);
    await next.close();
    run.remove();
  });

  it('does not come when a page crashes: the app is told, and can load it again', async () => {
    const { run, app, page } = await launch();
    const devTools = await page.context().newCDPSession(page);
    devTools.send('Page.crash').catch(() => undefined); // the crash takes the answer with it
    await run.waitForNote('connect from app://bundle/index.html true', 2);
    expect(run.notes).toContain('render-process-gone crashed');
    const ended = app.waitForEvent('close');
    const mainProcess = app.process();
    await app.evaluate(({ app: inMain }) => inMain.exit(4)).catch(() => undefined);
    await ended;
    expect(mainProcess.exitCode).toBe(4);
    expect(run.notes).toContain('quit 4');
    run.remove();
  });

  it('comes at once when a bundle imports what the double has not', () => {
    const run = new SampleRun(chromiumPath);
    const entryPath = join(run.folder, 'main.mjs');
    writeFileSync(entryPath, "import { TouchBar } from 'electron';\nnew TouchBar({});\n");
    const { status, stderr } = spawnSync(electronDoublePath, [entryPath], { env: run.env, encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toContain("does not provide an export named 'TouchBar'");
    run.remove();
  });

  it('comes at once when there is no Chromium to start', () => {
    const run = new SampleRun(join(buildFolder, 'no-such-browser'));
    const { status, stderr } = spawnSync(electronDoublePath, [buildFolder], { env: run.env, encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toContain('The double of Electron did not start');
    run.remove();
  });
});
