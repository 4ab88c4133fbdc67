// Render time of a streamed answer in Chromium, against react-markdown rendered at every piece:
//   node e2e/render-bench/measure-rendering.ts [--json]
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { browserArguments, findBrowser } from '../browser.ts';
import { manualAnswer } from '../screenshots/gallery-texts.ts';

const root = resolve(import.meta.dirname, '../..');
const outDir = join(root, '.cache/render-bench');
const repeats = 3;
/** Characters in one piece: a few tokens, as many as come within one frame of a quick answer. */
const pieceLength = 32;

/** The bars of the design: how many times less the window has to work. */
const cases = [
  { sizeBytes: 8_000, bar: 12 },
  { sizeBytes: 40_000, bar: 60 },
] as const;

/** An answer of many different blocks, none of them longer than people write. */
function answerOf(length: number): string {
  let text = '';
  for (let part = 1; text.length < length; part += 1) text += `## Part ${part}\n\n${manualAnswer}\n\n`;
  return text.slice(0, length);
}

const measure = (page: Page, name: string, text: string): Promise<number> =>
  page.evaluate(
    // The page puts its function on the window; the script that asks for it is not checked against the page.
    ([kind, content, length]) =>
      (window as unknown as { measure(...of: unknown[]): number }).measure(kind, content, length),
    [name, text, pieceLength] as const,
  );

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

await build({
  root: join(import.meta.dirname, 'page'),
  base: './',
  configFile: false,
  logLevel: 'error',
  plugins: [react()],
  build: { outDir, emptyOutDir: true, modulePreload: { polyfill: false } },
});
const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserArguments });
const page = await browser.newPage();
await page.route('http://bench/**', async (route) => {
  const path = new URL(route.request().url()).pathname;
  const contentType = path.endsWith('.js') ? 'text/javascript' : 'text/html';
  await route.fulfill({ contentType, body: await readFile(join(outDir, path === '/' ? 'index.html' : path)) });
});
await page.goto('http://bench/');
const results = [];
for (const { sizeBytes, bar } of cases) {
  const text = answerOf(sizeBytes);
  const ratios: number[] = [];
  // The first run warms both up and does not count.
  for (let run = 0; run <= repeats; run += 1) {
    const sottoMs = await measure(page, 'sotto', text);
    const otherMs = await measure(page, 'react-markdown', text);
    if (run > 0) ratios.push(otherMs / sottoMs);
  }
  results.push({ sizeBytes, bar, ratio: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) });
}
await browser.close();

if (process.argv.includes('--json')) console.log(JSON.stringify({ rendering: results }));
else {
  for (const { sizeBytes, ratio, least, most, bar } of results) {
    const spread = `${least.toFixed(1)} to ${most.toFixed(1)}`;
    console.log(`${sizeBytes / 1_000} kB: ${ratio.toFixed(1)} times less than react-markdown (${spread}; bar ${bar})`);
  }
}
