// A chat of a thousand messages and an answer of three thousand lines in Chromium: how long it takes to open, and the
// longest task while one scrolls and while the answer streams.
//   node e2e/render-bench/measure-transcript.ts [--renderer FOLDER] [--json]
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { browserArguments, findBrowser } from '../browser.ts';
import { createGalleryAccess } from '../screenshots/gallery-access.ts';
import { streamedChat, thousandChat } from '../screenshots/gallery-chats.ts';
import { serveGallery } from '../screenshots/gallery-server.ts';
import { createGalleryServices } from '../screenshots/gallery-services.ts';

const root = resolve(import.meta.dirname, '../..');
const repeats = 3;
const { values } = parseArgs({ options: { renderer: { type: 'string' }, json: { type: 'boolean' } } });

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** Tasks over 50 ms since the last call, as the browser itself reports them. */
async function longTasks(page: Page): Promise<readonly number[]> {
  return page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100)));
    const store = window as unknown as { tasks: number[] };
    const tasks = store.tasks;
    store.tasks = [];
    return tasks;
  });
}

async function watchTasks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const store = window as unknown as { tasks: number[] };
    store.tasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) store.tasks.push(Math.round(duration));
    }).observe({ type: 'longtask', buffered: true });
  });
}

/** From the click in the list to the last message on the screen. */
async function open(page: Page, id: string): Promise<number> {
  return page.evaluate(
    (to) =>
      new Promise<number>((resolve) => {
        const begin = performance.now();
        location.hash = `#/chats/${to}`;
        const look = (): void => {
          const items = document.querySelectorAll('[data-message]');
          if (items.length > 0) requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begin), 0));
          else requestAnimationFrame(look);
        };
        look();
      }),
    id,
  );
}

async function scroll(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'Messages' }).hover();
  for (let turn = 0; turn < 120; turn += 1) {
    await page.mouse.wheel(0, turn % 40 === 39 ? 4_000 : -700);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

const services = createGalleryServices('full', { language: 'en', theme: 'light' });
const gallery = await serveGallery(
  values.renderer ?? join(root, 'out/renderer'),
  services,
  createGalleryAccess('kept', { state: 'available' }),
);
const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserArguments });
const opened: number[] = [];
const scrolled: number[] = [];
const streamed: number[] = [];
const openTasks: number[] = [];
for (let run = 0; run < repeats; run += 1) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  await watchTasks(page);
  await page.goto(`${gallery.url}#/`);
  await page.locator('[data-composer]').waitFor();
  await longTasks(page);
  opened.push(await open(page, thousandChat.id));
  openTasks.push(...(await longTasks(page)));
  await scroll(page);
  scrolled.push(...(await longTasks(page)));
  await page.goto(`${gallery.url}#/chats/${streamedChat.id}`);
  await page.locator('[aria-busy="true"]').waitFor();
  await longTasks(page);
  await page.locator('article[aria-busy="true"]').waitFor();
  // Looking for a text would cost the page more than drawing it.
  await page.waitForFunction(() => document.querySelector('article[aria-busy="true"]') === null, null, {
    polling: 500,
    timeout: 120_000,
  });
  streamed.push(...(await longTasks(page)));
  await page.close();
}
await browser.close();
gallery.close();
const result = {
  openMs: { median: Math.round(median(opened)), most: Math.round(Math.max(...opened)), longTasks: openTasks },
  scrolling: { longTasks: scrolled, longest: Math.max(0, ...scrolled) },
  streaming: { longTasks: streamed.length, longest: Math.max(0, ...streamed) },
};
if (values.json === true) console.log(JSON.stringify({ transcript: result }));
else {
  console.log(`Opens a thousand messages in ${result.openMs.median} ms (at most ${result.openMs.most}; bar 300)`);
  console.log(`Longest task while scrolling: ${result.scrolling.longest} ms (bar 50; ${scrolled.length} over 50)`);
  console.log(
    `Longest task while 3,000 lines stream: ${result.streaming.longest} ms (bar 100; ${streamed.length} over 50)`,
  );
}
