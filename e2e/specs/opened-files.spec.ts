// Files and folders that a system opens with the app: the page gets their tickets, and they go where a drop goes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { lease, logbook } from '../app/sample-documents.ts';
import { test } from '../app/sotto-test.ts';
import { composer } from '../app/window.ts';

test.beforeEach(({ door }) => test.skip(door === 'host', 'Nothing is opened with a tab of a browser.'));

test('a folder and a file become a collection, and what is neither is counted', async ({ start, folder }) => {
  const letters = join(folder, 'Letters');
  mkdirSync(letters);
  writeFileSync(join(letters, 'lease.txt'), lease);
  writeFileSync(join(folder, 'logbook.md'), logbook);
  const { page } = await start({
    arguments: [letters, join(folder, 'logbook.md'), join(folder, 'gone.txt')],
  });
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Letters, logbook.md')).toBeVisible();
  await expect(dialog.getByText(/One more was left out/)).toBeVisible();
  await dialog.getByRole('textbox', { name: 'New collection' }).fill('Old letters');
  await dialog.getByRole('button', { name: 'Create and add' }).click();
  await expect(page.getByRole('main').getByText('lease.txt').first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('main').getByText('logbook.md').first()).toBeVisible({ timeout: 60_000 });
});

test('a file is asked about in a chat of its own, and nothing begins before that is chosen', async ({
  start,
  folder,
}) => {
  writeFileSync(join(folder, 'lease.txt'), lease);
  const { page } = await start({ arguments: [join(folder, 'lease.txt')] });
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('lease.txt')).toBeVisible();
  await expect(dialog.getByRole('button', { name: /^Summarise/ })).toBeVisible();
  await expect(page.getByText(/reading/)).toHaveCount(0);
  await dialog.getByRole('button', { name: /^Ask about it/ }).click();
  await expect(page.getByRole('main').getByText('lease.txt').first()).toBeVisible();
  await expect(composer(page)).toBeFocused();
});
