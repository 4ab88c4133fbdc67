import type { Page } from '@playwright/test';
import { qwen } from '../../renderer/testing/build-model.ts';
import { starter } from './gallery-models.ts';
import type { Scene } from './scene.ts';

const scrollTo = (page: Page, name: RegExp): Promise<void> =>
  page.getByRole('heading', { name, level: 2 }).evaluate((heading) => heading.scrollIntoView());

async function openPrecision(page: Page): Promise<void> {
  await scrollTo(page, /Models for this|Modelle für/);
  await page
    .getByText(/^(Choose the precision|Genauigkeit wählen)/)
    .first()
    .click();
}

async function openOthers(page: Page): Promise<void> {
  const others = page.getByText(/models do not fit|Modelle passen nicht/).first();
  await others.click();
  await others.evaluate((summary) => summary.scrollIntoView());
}

const askForDownload = (page: Page): Promise<void> =>
  page.getByRole('button', { name: /^(Download|Herunterladen) \(/ }).click();

async function searchHub(page: Page, text: string): Promise<void> {
  await page.getByRole('searchbox').fill(text);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(300);
}

async function openRepository(page: Page): Promise<void> {
  await searchHub(page, 'qwen3 4b');
  await page.getByRole('button', { name: /^Qwen3-4B-GGUF/ }).click();
}

async function openGated(page: Page): Promise<void> {
  await searchHub(page, 'gemma');
  await page.getByRole('button', { name: /^gemma/ }).click();
}

async function downloadWithoutRoom(page: Page): Promise<void> {
  await openRepository(page);
  await page.getByRole('button', { name: /Q8_0.*(Download|herunterladen)|(Download|Herunterladen).*Q8_0/ }).click();
}

/** Everything about models: what is here, what could be, what is on its way, and the search of the hub. */
export const modelScenes: readonly Scene[] = [
  {
    name: 'models-library',
    state: 'full',
    path: '/models',
    act: (page) => scrollTo(page, /^(On this computer|Auf diesem Computer)$/),
  },
  {
    name: 'models-jobs',
    state: 'full',
    path: '/models',
    act: (page) => scrollTo(page, /Which model does|Welches Modell/),
  },
  {
    name: 'models-catalogue',
    state: 'full',
    path: '/models',
    act: (page) => scrollTo(page, /Models for this|Modelle für/),
  },
  { name: 'models-precision', state: 'full', path: '/models', act: openPrecision },
  { name: 'models-others', state: 'full', path: '/models', act: openOthers },
  {
    name: 'models-foot',
    state: 'full',
    path: '/models',
    act: (page) => scrollTo(page, /^(Models of other|Modelle anderer)/),
  },
  {
    name: 'models-fresh',
    state: 'first-model',
    path: '/models',
    act: (page) => scrollTo(page, /Models for this|Modelle für/),
  },
  {
    name: 'models-menu',
    state: 'full',
    path: '/models',
    act: (page) => page.getByRole('button', { name: /(More for|Mehr zu) Qwen3/ }).click(),
  },
  {
    name: 'models-cancel',
    state: 'full',
    path: '/models',
    act: (page) => page.getByRole('button', { name: /(Cancel the download of|Download von) Llama/ }).click(),
  },
  { name: 'models-consent', state: 'first', path: '/', act: askForDownload },
  { name: 'model', state: 'full', path: `/models/${qwen.id}` },
  {
    name: 'model-options',
    state: 'full',
    path: `/models/${qwen.id}`,
    act: (page) => scrollTo(page, /^(Options|Optionen)$/),
  },
  {
    name: 'model-origin',
    state: 'full',
    path: `/models/${qwen.id}`,
    act: (page) => scrollTo(page, /^(Where it comes|Woher es)/),
  },
  { name: 'model-changed', state: 'full', path: `/models/${starter.id}` },
  { name: 'hub', state: 'full', path: '/models/search' },
  { name: 'hub-found', state: 'online', path: '/models/search', act: (page) => searchHub(page, 'qwen3 4b') },
  { name: 'hub-none', state: 'online', path: '/models/search', act: (page) => searchHub(page, 'nothing') },
  { name: 'hub-busy', state: 'online', path: '/models/search', act: (page) => searchHub(page, 'busy') },
  { name: 'hub-repository', state: 'online', path: '/models/search', act: openRepository },
  { name: 'hub-gated', state: 'online', path: '/models/search', act: openGated },
  { name: 'hub-full', state: 'online', path: '/models/search', act: downloadWithoutRoom },
  {
    name: 'settings-models',
    state: 'full',
    path: '/settings?section=models',
    act: (page) =>
      page.getByRole('heading', { name: /Where models are computed|Womit Modelle/ }).scrollIntoViewIfNeeded(),
  },
  {
    name: 'settings-token',
    state: 'first-model',
    path: '/settings',
    act: (page) => page.getByRole('searchbox').fill('token'),
  },
];
