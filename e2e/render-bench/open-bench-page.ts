import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { contentSecurityPolicy } from '../../electron/guards/page-headers.ts';
import { browserArguments, findBrowser } from '../browser.ts';
import type { BenchPage } from './page/bench-page.ts';

const origin = 'http://bench.invalid';

const contentTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html',
  '.woff2': 'font/woff2',
};

/** The product's renderer alone on a page of Chromium, and what the page tried beside. */
export type OpenBenchPage = AsyncDisposable & {
  readonly page: Page;
  /** Requests that are none of the page's own files, dialogs, navigations, new windows and breaches of the policy. */
  readonly attempts: string[];
};

async function buildPage(outDir: string): Promise<void> {
  await build({
    root: join(import.meta.dirname, 'page'),
    base: './',
    configFile: false,
    logLevel: 'error',
    plugins: [react(), tailwindcss({ optimize: false })],
    build: { outDir, emptyOutDir: true, modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  });
}

async function serve(page: Page, outDir: string, hasPolicy: boolean, attempts: string[]): Promise<void> {
  await page.route('**/*', async (route) => {
    const { origin: asked, pathname } = new URL(route.request().url());
    const path = pathname === '/' ? '/index.html' : pathname;
    const body = asked === origin ? await readFile(join(outDir, path)).catch(() => undefined) : undefined;
    if (body === undefined) {
      attempts.push(`request of ${route.request().url()}`);
      await route.abort();
      return;
    }
    const headers = hasPolicy ? { 'Content-Security-Policy': contentSecurityPolicy } : {};
    await route.fulfill({ contentType: contentTypes[extname(path)] ?? 'application/octet-stream', headers, body });
  });
}

/** Builds the page and opens it, under the policy of the product or under none. */
export async function openBenchPage({ hasPolicy }: { readonly hasPolicy: boolean }): Promise<OpenBenchPage> {
  // A folder of its own: another run may have its page open while this one builds.
  const outDir = await mkdtemp(join(tmpdir(), 'sotto-bench-page-'));
  await buildPage(outDir);
  const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserArguments });
  const page = await browser.newPage({ viewport: { width: 900, height: 900 } });
  const attempts: string[] = [];
  await serve(page, outDir, hasPolicy, attempts);
  await page.goto(`${origin}/`);
  await page.evaluate(() => (globalThis as unknown as { bench: BenchPage }).bench.warmUp());
  page.on('dialog', (dialog) => {
    attempts.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('framenavigated', (frame) => attempts.push(`navigation to ${frame.url()}`));
  page.on('popup', (popup) => attempts.push(`window ${popup.url()}`));
  page.on('pageerror', (error) => attempts.push(`error ${error.message}`));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) attempts.push(message.text());
  });
  const close = async (): Promise<void> => {
    await browser.close();
    await rm(outDir, { recursive: true, force: true });
  };
  return { page, attempts, [Symbol.asyncDispose]: close };
}

/** Calls a function of the page. */
export function onBenchPage<Name extends keyof BenchPage>(
  page: Page,
  name: Name,
  ...given: Parameters<BenchPage[Name]>
): Promise<Awaited<ReturnType<BenchPage[Name]>>> {
  return page.evaluate(
    // The page puts its functions on the window; the script that asks for them is not checked against the page.
    ([called, of]) =>
      (globalThis as unknown as { bench: Record<string, (...of: readonly unknown[]) => never> }).bench[called]?.(
        ...of,
      ) as never,
    [name, given] as const,
  );
}
