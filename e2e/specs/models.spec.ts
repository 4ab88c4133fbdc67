import { createHash } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { startHubServer, type HubServer } from '../../electron/testing/hub-server.ts';
import { starterModelPath, test as base } from '../app/sotto-test.ts';
import { choosePassphrase, endFirstStart, finishedAnswer, goTo, newChat, send, unlock } from '../app/window.ts';

const passphrase = 'harbour lantern gravel teapot';
const fileName = 'SmolLM2-135M-Instruct-Q4_1.gguf';
const sizeBytes = readFileSync(starterModelPath).byteLength;
const sha256 = createHash('sha256').update(readFileSync(starterModelPath)).digest('hex');
const mebibyte = 1_048_576;

/** A hub on this machine that has the starter model, and one that its publisher guards. */
const test = base.extend<{ readonly hub: HubServer }>({
  hub: async ({ folder }, use) => {
    for (const [repository, name] of [
      ['acme/smollm2-135m-GGUF', fileName],
      ['acme/guarded-GGUF', 'Guarded-Q4_1.gguf'],
    ] as const) {
      mkdirSync(join(folder, 'hub', repository), { recursive: true });
      linkSync(starterModelPath, join(folder, 'hub', repository, name));
    }
    const hub = await startHubServer(join(folder, 'hub'));
    hub.gate('acme/guarded-GGUF', 'hf_right');
    await use(hub);
    await hub.close();
  },
});
test.use({ models: 'none' });

async function useHub(page: Page, hub: HubServer): Promise<void> {
  await goTo(page, 'Settings');
  await page.getByRole('searchbox').fill('mirror');
  const address = page.getByRole('textbox', { name: 'Where models come from' });
  await address.fill('ftp://nowhere');
  await page.getByRole('button', { name: 'Use this address' }).click();
  await expect(page.getByText('This is no such address.')).toBeVisible();
  await address.fill(hub.address);
  await page.getByRole('button', { name: 'Use this address' }).click();
  await expect(page.getByRole('button', { name: 'Use this address' })).toHaveCount(0);
}

async function openSearch(page: Page): Promise<void> {
  await goTo(page, 'Models');
  await page.getByRole('button', { name: 'Search for other models' }).first().click();
  await expect(page.getByRole('heading', { name: 'Search for models', level: 1 })).toBeVisible();
}

/** Searches, after the one question whether that may be asked at all. */
async function search(page: Page, hub: HubServer, words: string): Promise<void> {
  await page.getByRole('searchbox').fill(words);
  await page.getByRole('searchbox').press('Enter');
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText(new URL(hub.address).host);
  expect(hub.requests).toEqual([]);
  await dialog.getByRole('button', { name: 'Allow model downloads' }).click();
}

test('finds a model, fetches it over a pause and a restart, talks to it, and takes it away', async ({
  start,
  hub,
  modelFolder,
}) => {
  test.slow();
  hub.setRate(8 * mebibyte);
  const first = await start();
  await choosePassphrase(first.page, passphrase);
  await endFirstStart(first.page);
  await useHub(first.page, hub);
  await openSearch(first.page);
  await search(first.page, hub, 'smollm');
  await first.page.getByRole('button', { name: /^smollm2-135m-GGUF/ }).click();
  await first.page.getByRole('button', { name: 'Will Q4_1 fit?' }).click();
  await expect(first.page.getByText(/Runs well here|Just fits/)).toBeVisible();
  await first.page.getByRole('button', { name: /^Download smollm2-135m-GGUF Q4_1/ }).click();
  await goTo(first.page, 'Models');
  const tray = (page: Page) => page.getByRole('region', { name: 'Downloads' });
  await expect(tray(first.page)).toContainText(/[1-9]\d* MB of 98 MB/, { timeout: 30_000 });
  await tray(first.page)
    .getByRole('button', { name: /^Pause/ })
    .click();
  await expect(tray(first.page)).toContainText('paused');
  expect(() => readFileSync(join(modelFolder, fileName))).toThrow();
  await first.close();

  hub.setRate(null);
  const second = await start();
  await unlock(second.page, passphrase);
  await goTo(second.page, 'Models');
  await tray(second.page)
    .getByRole('button', { name: /^Go on/ })
    .click();
  await expect(tray(second.page)).toContainText('is ready', { timeout: 60_000 });
  // Catches a file that is not what the hub has, and a restart that fetches everything again.
  expect(
    createHash('sha256')
      .update(readFileSync(join(modelFolder, fileName)))
      .digest('hex'),
  ).toBe(sha256);
  const fetched = hub.ranges.filter(({ path }) => path === fileName);
  expect(Math.max(...fetched.map((range) => range.start))).toBeGreaterThan(0);
  expect(fetched.reduce((sum, { sentBytes }) => sum + sentBytes, 0)).toBeLessThan(sizeBytes + 16 * mebibyte);

  await newChat(second.page);
  await send(second.page, 'What is the capital of France?');
  await expect(await finishedAnswer(second.page)).toContainText('Paris');

  await goTo(second.page, 'Models');
  const here = second.page.getByRole('list', { name: 'On this computer' });
  await here.getByRole('link').first().click();
  await expect(second.page.getByText(`acme/smollm2-135m-GGUF on ${new URL(hub.address).host}`)).toBeVisible();
  await expect(second.page.getByText(sha256)).toBeVisible();
  await second.page
    .getByRole('main')
    .getByRole('button', { name: /^More for/ })
    .click();
  await second.page.getByRole('menuitem', { name: 'Remove' }).click();
  await expect(second.page.getByText(/is removed\./)).toBeVisible();
  await expect(second.page.getByRole('heading', { name: 'No model yet' })).toBeVisible();
  await second.page.getByRole('button', { name: 'Undo' }).click();
  await expect(here.getByRole('link')).toHaveCount(2);

  await goTo(second.page, 'Privacy');
  await expect(second.page.getByText(new URL(hub.address).hostname).first()).toBeVisible();
});

/** Asks for the model whose publisher guards it, and goes to where it says why it did not come. */
async function askForGuarded(page: Page, hub: HubServer): Promise<void> {
  await openSearch(page);
  await search(page, hub, 'guarded');
  await page.getByRole('button', { name: /^guarded-GGUF/ }).click();
  await expect(page.getByText('The publisher wants to know who downloads it.')).toBeVisible();
  await page.getByRole('button', { name: /^Download guarded-GGUF/ }).click();
  await page.getByRole('link', { name: 'stopped' }).click();
  await expect(guardedFailure(page)).toContainText('wants to know who downloads it');
}

const guardedFailure = (page: Page) => page.getByRole('alert').filter({ hasText: 'acme/guarded-GGUF' });

test('fetches a guarded model with the token of the person, which is never shown again', async ({ start, hub }) => {
  const { page } = await start();
  await endFirstStart(page);
  await useHub(page, hub);
  await askForGuarded(page, hub);
  await guardedFailure(page).getByRole('button', { name: 'Enter the token' }).click();
  await page.getByLabel('Token', { exact: true }).fill('hf_right');
  await page.getByRole('button', { name: 'Keep the token' }).click();
  await expect(page.getByText(/^A token is/)).toBeVisible();
  await expect(page.getByLabel('Token', { exact: true })).toHaveCount(0);
  expect(await page.content()).not.toContain('hf_right');
  await goTo(page, 'Models');
  const tray = page.getByRole('region', { name: 'Downloads' });
  await tray.getByRole('button', { name: /^Try again/ }).click();
  await expect(tray).toContainText('is ready', { timeout: 60_000 });
});

test('says what is wrong with what cannot be had, and sends nothing once it is not allowed any more', async ({
  start,
  hub,
  modelFolder,
}) => {
  const { page } = await start();
  await endFirstStart(page);
  await useHub(page, hub);
  await askForGuarded(page, hub);
  writeFileSync(join(modelFolder, 'notes.gguf'), 'no model at all');
  await goTo(page, 'Privacy');
  const purpose = page.getByRole('switch', { name: 'Download models' });
  await purpose.click();
  await expect(purpose).not.toBeChecked();
  await openSearch(page);
  const asked = hub.requests.length;
  await page.getByRole('searchbox').fill('smollm');
  await page.getByRole('searchbox').press('Enter');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
  expect(hub.requests).toHaveLength(asked);
  await goTo(page, 'Models');
  await expect(page.getByText(/“notes.gguf” is not a model file/)).toBeVisible();
});
