// A chat of a thousand messages and an answer of three thousand lines in Chromium: how long it takes to open, and the
// longest task while one scrolls and while the answer streams.
//   node e2e/render-bench/measure-transcript.ts [--renderer FOLDER] [--json]
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { z } from 'zod';
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

/** The longest task of the page's own thread during `work`: from its begin to its end, and of that the time it computed. */
type Longest = { readonly wallMs: number; readonly computingMs: number };

const taskSchema = z.object({ name: z.string(), pid: z.int(), tid: z.int(), dur: z.number(), tdur: z.number() });
const threadSchema = z.object({
  name: z.literal('thread_name'),
  pid: z.int(),
  tid: z.int(),
  args: z.object({ name: z.literal('CrRendererMain') }),
});

async function longestTask(page: Page, work: () => Promise<void>): Promise<Longest> {
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
  await work();
  const trace = z.object({ traceEvents: z.array(z.unknown()) }).parse(JSON.parse(String(await browser.stopTracing())));
  const threads = trace.traceEvents.flatMap((event) => threadSchema.safeParse(event).data ?? []);
  const tasks = trace.traceEvents
    .flatMap((event) => taskSchema.safeParse(event).data ?? [])
    .filter(({ pid, tid }) => threads.some((thread) => thread.pid === pid && thread.tid === tid));
  return {
    wallMs: Math.round(Math.max(0, ...tasks.map(({ dur }) => dur)) / 1_000),
    computingMs: Math.round(Math.max(0, ...tasks.map(({ tdur }) => tdur)) / 1_000),
  };
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

/** Goes to the long answer within the page, and waits for its end. */
async function stream(page: Page): Promise<void> {
  await page.evaluate((id) => {
    location.hash = `#/chats/${id}`;
  }, streamedChat.id);
  await page.locator('article[aria-busy="true"]').waitFor();
  // Looking for a text would cost the page more than drawing it.
  await page.waitForFunction(() => document.querySelector('article[aria-busy="true"]') === null, null, {
    polling: 500,
    timeout: 120_000,
  });
}

const gallery = await serveGallery(
  values.renderer ?? join(root, 'out/renderer'),
  createGalleryServices('full', { language: 'en', theme: 'light' }),
  createGalleryAccess('kept', { state: 'available' }),
);
const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserArguments });
const opened: number[] = [];
const scrolled: Longest[] = [];
const streamed: Longest[] = [];
for (let run = 0; run < repeats; run += 1) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  await page.goto(`${gallery.url}#/`);
  await page.locator('[data-composer]').waitFor();
  opened.push(await open(page, thousandChat.id));
  scrolled.push(await longestTask(page, () => scroll(page)));
  streamed.push(await longestTask(page, () => stream(page)));
  await page.close();
}
await browser.close();
gallery.close();

const summarise = (longest: readonly Longest[]) => ({
  wallMs: median(longest.map(({ wallMs }) => wallMs)),
  computingMs: median(longest.map(({ computingMs }) => computingMs)),
});
const result = { openMs: Math.round(median(opened)), scrolling: summarise(scrolled), streaming: summarise(streamed) };
if (values.json === true) console.log(JSON.stringify({ transcript: result }));
else {
  const words = ({ wallMs, computingMs }: Longest): string => `${wallMs} ms, ${computingMs} of them computing`;
  console.log(`Opens a thousand messages in ${result.openMs} ms (bar 300)`);
  console.log(`Longest task while scrolling: ${words(result.scrolling)} (bar 50)`);
  console.log(`Longest task while 3,000 lines stream: ${words(result.streaming)} (bar 100)`);
}
