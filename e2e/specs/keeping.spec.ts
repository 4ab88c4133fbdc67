// How chats are kept, from the first start to the erasure, through the real app and its encrypted file.
import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { startHost } from '../app/host-app.ts';
import { test } from '../app/sotto-test.ts';
import { composer, finishedAnswer, goTo, send } from '../app/window.ts';

const passphrase = 'tundra violin pickle orbit';

async function choosePassphrase(page: Page): Promise<void> {
  await page.getByRole('radio', { name: /opened by a passphrase/ }).click();
  await page.getByLabel('New passphrase').fill(passphrase);
  await page.getByLabel('The same again').fill(passphrase);
  await page.getByRole('button', { name: 'Keep with this passphrase' }).click();
  await expect(page.getByRole('contentinfo')).toContainText('Chats are kept, encrypted', { timeout: 20_000 });
}

async function unlock(page: Page, text: string): Promise<void> {
  await page.getByLabel('Passphrase', { exact: true }).fill(text);
  await page.keyboard.press('Enter');
}

const violationsOf = async (page: Page): Promise<readonly string[]> => {
  // The legacy mode needs no second page, which the desktop window may not open.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
};

test('keeps chats behind a passphrase, locks, and finds everything after a restart', async ({
  app,
  dataFolder,
  modelFolder,
}) => {
  const { page } = app;
  await expect(page.getByRole('heading', { name: 'Welcome to Sotto' })).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  await choosePassphrase(page);
  await page.getByRole('button', { name: 'Done' }).click();

  await send(page, 'What is the capital of France?');
  await expect(await finishedAnswer(page)).toContainText('Paris');
  await composer(page).fill('A thought about mangrove');

  await page.keyboard.press('Control+Shift+L');
  await expect(page.getByRole('heading', { name: 'Your chats are locked' })).toBeVisible();
  expect(await page.locator('body').innerText()).not.toMatch(/France|Paris|mangrove/);
  expect(await violationsOf(page)).toEqual([]);
  await unlock(page, 'not the passphrase');
  await expect(page.getByText(/This is not the passphrase/)).toBeVisible({ timeout: 20_000 });
  await unlock(page, passphrase);
  await expect(page.getByText('Paris').first()).toBeVisible({ timeout: 20_000 });
  await expect(composer(page)).toHaveValue('A thought about mangrove');

  await app.close();
  const again = await startHost(page, { dataFolder, modelFolder });
  await unlock(page, passphrase);
  await expect(page.getByRole('contentinfo')).toBeVisible({ timeout: 20_000 });
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('capital of fra');
  await page
    .getByRole('option', { name: /capital of France/ })
    .last()
    .waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Paris').first()).toBeVisible();
  await again.close();
});

test('exports all chats, and erases everything with what was checked afterwards', async ({ app: { page } }) => {
  await choosePassphrase(page);
  await send(page, 'What is the capital of France?');
  await finishedAnswer(page);
  await goTo(page, 'Settings');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'All chats as JSON' }).click();
  expect(readFileSync(await (await download).path(), 'utf8')).toContain('capital of France');

  await page.getByRole('button', { name: 'Erase everything' }).click();
  await page.getByLabel(/Type “erase” to confirm/).fill('erase');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Erasure' })).toContainText('The key is gone', { timeout: 20_000 });
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page.getByRole('contentinfo')).toContainText('Nothing is kept');
  await expect(page.getByRole('link', { name: /capital of France/ })).toHaveCount(0);
});
