import type { Page } from '@playwright/test';
import { galleryEntries } from './gallery-cloud.ts';
import type { Scene } from './scene.ts';

const settings = '/settings?section=privacy';

const scrollTo = (title: RegExp) => (page: Page) =>
  page.getByRole('heading', { name: title }).evaluate((heading) => heading.scrollIntoView());

async function addRemote(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Add a large model|Großes Modell hinzufügen/ }).click();
}

async function chooseModel(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Choose another model|Anderes Modell wählen/ }).click();
  await scrollTo(/^OpenAI$/)(page);
}

async function testRemotes(page: Page): Promise<void> {
  const buttons = page.getByRole('button', { name: /^(Test|Prüfen) / });
  await buttons.first().waitFor();
  for (const button of await buttons.all()) await button.click();
  await scrollTo(/Your large models|Ihre großen Modelle/)(page);
}

/** Large models in the settings, and the Privacy page with something on it. */
export const cloudScenes: readonly Scene[] = [
  { name: 'privacy-online', state: 'online', path: '/privacy' },
  { name: 'privacy-ledger', state: 'online', path: '/privacy', act: scrollTo(/^(Ledger|Protokoll)$/) },
  { name: 'privacy-entry', state: 'online', path: `/privacy?entry=${galleryEntries[0]?.id ?? ''}` },
  {
    name: 'privacy-verify',
    state: 'online',
    path: '/privacy',
    act: scrollTo(/Check it yourself|Prüfen Sie es selbst/),
  },
  {
    name: 'settings-cloud-off',
    state: 'full',
    path: settings,
    act: scrollTo(/Large models elsewhere|Große Modelle anderswo/),
  },
  {
    name: 'settings-cloud',
    state: 'online',
    path: settings,
    act: scrollTo(/Large models elsewhere|Große Modelle anderswo/),
  },
  { name: 'settings-cloud-test', state: 'online', path: settings, act: testRemotes },
  { name: 'settings-cloud-model', state: 'online', path: settings, act: chooseModel },
  { name: 'settings-cloud-add', state: 'online', path: settings, act: addRemote },
  {
    name: 'settings-cloud-words',
    state: 'online',
    path: settings,
    act: scrollTo(/When a large model is asked|Wann ein großes Modell gefragt wird/),
  },
];
