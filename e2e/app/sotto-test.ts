import { copyFileSync, existsSync, linkSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { startElectron } from './electron-app.ts';
import { startHost } from './host-app.ts';
import type { DoorName, SottoApp, StartOptions } from './sotto-app.ts';

const root = join(import.meta.dirname, '..', '..');

/** Where `npm start` and `npm test` put the starter model. */
export const starterModelPath = join(
  process.env['SOTTO_MODEL_DIR'] ?? join(root, '.cache', 'models'),
  'SmolLM2-135M-Instruct.Q4_1.gguf',
);

type Options = {
  /** Which door the project opens the app through. */
  readonly door: DoorName;
  /** `starter`: the small chat model is in the model folder; `none`: the folder is empty. */
  readonly models: 'starter' | 'none';
};

type Fixtures = {
  /** A folder of the test's own, removed after it. */
  readonly folder: string;
  readonly dataFolder: string;
  readonly modelFolder: string;
  /** Starts the app over the test's folders, once more after it was closed. What still runs at the end is closed. */
  readonly start: (options?: Partial<StartOptions>) => Promise<SottoApp>;
  readonly app: SottoApp;
};

/**
 * One spec for every door: `app` is started for each test with folders of its own, so no test sees another's chats, and
 * its processes are gone afterwards.
 */
export const test = base.extend<Options & Fixtures>({
  door: ['host', { option: true }],
  models: ['starter', { option: true }],
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from the pattern
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'sotto-e2e-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  dataFolder: async ({ folder }, use) => {
    const path = join(folder, 'data');
    mkdirSync(path);
    await use(path);
  },
  modelFolder: async ({ folder, models }, use) => {
    const path = join(folder, 'models');
    mkdirSync(path);
    if (models === 'starter') {
      if (!existsSync(starterModelPath))
        throw new Error('The starter model is missing: run `npm test` once, or `npm start`.');
      placeModel(starterModelPath, join(path, 'SmolLM2-135M-Instruct.Q4_1.gguf'));
    }
    await use(path);
  },
  start: async ({ door, page, dataFolder, modelFolder }, use) => {
    const running = new Set<SottoApp>();
    await use(async (more = {}) => {
      const options = { dataFolder, modelFolder, ...more };
      const app = door === 'host' ? await startHost(page, options) : await startElectron(door, options);
      const close = async (): Promise<void> => {
        running.delete(app);
        await app.close();
      };
      const started = { ...app, close };
      running.add(started);
      // What is dropped on a window before its page is drawn falls through it.
      await app.page.locator('h1:not(.sr-only)').first().waitFor();
      return started;
    });
    for (const app of running) await app.close();
  },
  app: async ({ start }, use) => {
    await use(await start());
  },
});

/** A second name for the same bytes where the file system can, so that a test does not copy 98 MB. */
function placeModel(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
