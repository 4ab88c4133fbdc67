// From the keys of quick-ask to its window, as the app writes it down, and to its page with the focus and a frame drawn, as a
// person would first see it, in the built product under the double:
//   node e2e/render-bench/measure-quick-ask.ts [--json]
// The double has no windows of a desktop: what its compositor would add is in neither. The second has the way of the tools
// that press and look in it.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { atDesk } from '../app/desk.ts';
import { startElectron } from '../app/electron-app.ts';
import { findBrowser } from '../browser.ts';

const warmUps = 5;
const presses = 50;
const barMs = 100;
const keys = 'Alt+Space';
const readyMs = 30_000;

/** Registered keys, and a page with its field: what a person would find who lets the app come up. */
async function waitUntilReady(application: ElectronApplication): Promise<Page> {
  for (const end = Date.now() + readyMs; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const page = application.windows().find((one) => one.url().includes('#/quick-ask'));
    const isReady = (await page?.getByRole('textbox').count()) === 1;
    const isHeard = await application.evaluate(
      ({ globalShortcut }, wanted) => globalShortcut.isRegistered(wanted),
      keys,
    );
    if (page !== undefined && isReady && isHeard) return page;
  }
  throw new Error('Quick-ask was never ready.');
}

/** Resolves when the page has the focus and has drawn a frame with it. */
async function firstFrame(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        window.addEventListener('focus', () => requestAnimationFrame(() => setTimeout(resolve, 0)), { once: true });
      }),
  );
}

function describe(values: readonly number[]) {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number): number => {
    const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
    return Math.round(value * 100) / 100;
  };
  return { count: sorted.length, medianMs: at(0.5), p95Ms: at(0.95), mostMs: at(1), barMs };
}

function shownIn(logPath: string): readonly { readonly elapsedMs: number; readonly isWarm: boolean }[] {
  const lines = readFileSync(logPath, 'utf8').split('\n');
  return lines.flatMap((line) => {
    const elapsed = /"elapsedMs":([\d.]+)/.exec(line)?.[1];
    if (!line.includes('quick-ask-shown') || elapsed === undefined) return [];
    return [{ elapsedMs: Number(elapsed), isWarm: line.includes('"isWarm":true') }];
  });
}

const folder = mkdtempSync(join(tmpdir(), 'sotto-quick-ask-'));
const [dataFolder, modelFolder] = [join(folder, 'data'), join(folder, 'models')];
for (const path of [dataFolder, modelFolder]) mkdirSync(path);
try {
  process.env['ELECTRON_DOUBLE_CHROMIUM'] ??= await findBrowser();
  const app = await startElectron('double', { dataFolder, modelFolder });
  const { application } = app;
  if (application === null) throw new Error('There is no Electron behind this door.');
  const page = await waitUntilReady(application);
  const drawnMs: number[] = [];
  for (let press = 0; press < warmUps + presses; press += 1) {
    const drawn = firstFrame(page);
    // Asked before the keys are pressed, and there before they are.
    await page.evaluate(() => undefined);
    const pressedAt = performance.now();
    await atDesk(application, 'pressShortcut', keys);
    await drawn;
    if (press >= warmUps) drawnMs.push(performance.now() - pressedAt);
    await atDesk(application, 'focusElsewhere');
  }
  await app.close();
  const warm = shownIn(join(dataFolder, 'sotto.log'))
    .slice(warmUps)
    .filter(({ isWarm }) => isWarm)
    .map(({ elapsedMs }) => elapsedMs);
  const report = { quickAskShown: describe(warm), quickAskDrawn: describe(drawnMs) };
  if (process.argv.includes('--json')) console.log(JSON.stringify(report));
  else {
    const names = { quickAskShown: 'its window', quickAskDrawn: 'its first frame' } as const;
    for (const name of ['quickAskShown', 'quickAskDrawn'] as const) {
      const { p95Ms, medianMs, mostMs, count } = report[name];
      const spread = `median ${medianMs}, most ${mostMs}, ${count} times`;
      console.log(
        `Quick-ask, from the keys to ${names[name]}: ${p95Ms} ms at the 95th percentile (${spread}; bar ${barMs})`,
      );
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
