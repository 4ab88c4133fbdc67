import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import type { DoorName } from './app/sotto-app.ts';
import { browserArguments, findBrowser } from './browser.ts';

const root = join(import.meta.dirname, '..');

// The runner's workers read this file again, and the double of Electron needs the browser too: found once, handed on.
const executablePath = (process.env['ELECTRON_DOUBLE_CHROMIUM'] ??= await findBrowser());

/** The same specs go through every door that this machine has. */
const doors: readonly DoorName[] = [
  'host',
  // The double is a shell script.
  ...(process.platform === 'win32' ? [] : (['double'] as const)),
  ...(existsSync(join(root, 'node_modules/electron/path.txt')) ? (['electron'] as const) : []),
];

/** Specs of windows, tray and menus: a tab of a browser has no shell of ours around it. */
const desktopSpecs = ['shell', 'desktop-shell', 'desktop-refusals', 'installed-app', 'quick-ask-window'].map(
  (name) => `**/${name}.spec.ts`,
);

/** Specs over the built page alone, with services that only hold a state: no door is in them, so one run says it all. */
const pageSpecs = ['exported-page', 'hostile-text', 'transcript'].map((name) => `**/${name}.spec.ts`);

export default defineConfig<{ readonly door: DoorName }>({
  testDir: join(import.meta.dirname, 'specs'),
  outputDir: join(root, '.cache/playwright'),
  // A spec waits for its page about half of the time. Each has an app, an engine and a data folder of its own.
  workers: 2,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    permissions: ['clipboard-read', 'clipboard-write'],
    launchOptions: { executablePath, args: browserArguments },
  },
  projects: [
    { name: 'page', testMatch: pageSpecs },
    ...doors.map((door) => ({
      name: door,
      use: { door },
      // What a page says in its last moment arrives over a socket; the double's port ends with the page.
      testIgnore: [...pageSpecs, ...(door === 'host' ? desktopSpecs : ['**/reload.spec.ts'])],
    })),
  ],
});
