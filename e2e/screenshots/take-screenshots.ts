// Pictures of every screen and state, to be looked at after each change of the window:
//   node e2e/screenshots/take-screenshots.ts [--renderer FOLDER] [--only NAME[,NAME]] [--variant NAME[,NAME]]
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import type { Browser } from '@playwright/test';
import type { Language, Theme } from '../../electron/shared/settings.ts';
import { browserArguments, findBrowser } from '../browser.ts';
import { createGalleryAccess } from './gallery-access.ts';
import { createGalleryServices } from './gallery-services.ts';
import { serveGallery } from './gallery-server.ts';
import { scenes } from './scenes.ts';
import type { Scene } from './scene.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, '.cache/screenshots');
const settleMs = 350;

type Variant = {
  readonly name: string;
  readonly language: Language;
  readonly theme: Theme;
  readonly width: number;
  readonly height: number;
};

const variants: readonly Variant[] = [
  { name: 'wide-light', language: 'en', theme: 'light', width: 1280, height: 800 },
  { name: 'wide-dark', language: 'en', theme: 'dark', width: 1280, height: 800 },
  { name: 'small-light', language: 'en', theme: 'light', width: 720, height: 560 },
  { name: 'small-dark', language: 'en', theme: 'dark', width: 720, height: 560 },
  { name: 'german-light', language: 'de', theme: 'light', width: 1280, height: 800 },
  { name: 'german-small-dark', language: 'de', theme: 'dark', width: 720, height: 560 },
  { name: 'narrow-light', language: 'en', theme: 'light', width: 480, height: 720 },
];

const { values } = parseArgs({
  options: { renderer: { type: 'string' }, only: { type: 'string' }, variant: { type: 'string' } },
});
const isWanted = (name: string, list: string | undefined): boolean =>
  list === undefined || list.split(',').includes(name);

/** Takes one picture; returns what the page complained about. */
async function take(browser: Browser, scene: Scene, variant: Variant): Promise<readonly string[]> {
  const { language, theme, width, height } = variant;
  const services = createGalleryServices(scene.state, { language, theme });
  const isFresh = scene.state === 'first' || scene.state === 'first-model';
  const access = createGalleryAccess(
    scene.access ?? (isFresh ? 'notChosen' : 'kept'),
    scene.hasKeychain === false ? { state: 'absent', reason: 'no-service' } : { state: 'available' },
  );
  const gallery = await serveGallery(values.renderer ?? join(root, 'out/renderer'), services, access, scene.door);
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce', deviceScaleFactor: 1 });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${gallery.url}#${scene.path}`);
  await page.getByRole('main').waitFor();
  await page.waitForTimeout(settleMs);
  await scene.act?.(page);
  await page.waitForTimeout(settleMs);
  await page.screenshot({ path: join(folder, variant.name, `${scene.name}.png`) });
  await page.close();
  gallery.close();
  return complaints.map((complaint) => `${variant.name}/${scene.name}: ${complaint}`);
}

const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserArguments });
for (const variant of variants.filter(({ name }) => isWanted(name, values.variant))) {
  await mkdir(join(folder, variant.name), { recursive: true });
  for (const scene of scenes.filter(({ name }) => isWanted(name, values.only))) {
    for (const complaint of await take(browser, scene, variant)) console.error(complaint);
  }
  console.log(`${variant.name}: done`);
}
await browser.close();
