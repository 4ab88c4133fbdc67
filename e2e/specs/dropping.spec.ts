import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { dropData, dropFiles, dropFilesAnywhere } from '../app/drop-files.ts';
import { lease, logbook } from '../app/sample-documents.ts';
import { test } from '../app/sotto-test.ts';

test('a dropped folder becomes a collection with all its files', async ({ app: { page }, folder }) => {
  const letters = join(folder, 'Letters');
  mkdirSync(join(letters, 'old'), { recursive: true });
  writeFileSync(join(letters, 'lease.txt'), lease);
  writeFileSync(join(letters, 'old', 'logbook.md'), logbook);
  await dropFiles(page, [letters], 'Add to a collection');

  const dialog = page.getByRole('dialog');
  // A browser has read the files by now and offers more; the desktop follows the folder.
  await expect(dialog.getByText(/folder/).first()).toBeVisible();
  const choice = dialog.getByRole('button', { name: /^Add to a collection/ });
  const name = dialog.getByRole('textbox', { name: 'New collection' });
  await expect(choice.or(name).first()).toBeVisible();
  if (await choice.isVisible()) await choice.click();
  await name.fill('Old letters');
  await dialog.getByRole('button', { name: 'Create and add' }).click();

  await expect(page.getByRole('main').getByText('Old letters').first()).toBeVisible();
  await expect(page.getByRole('main').getByText('lease.txt').first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('main').getByText('logbook.md').first()).toBeVisible({ timeout: 60_000 });
});

test('a dropped folder that contains itself is read once', async ({ app: { page }, folder }) => {
  const letters = join(folder, 'Letters');
  mkdirSync(join(letters, 'old'), { recursive: true });
  writeFileSync(join(letters, 'lease.txt'), lease);
  symlinkSync(letters, join(letters, 'old', 'again'));
  await dropFiles(page, [letters], 'Add to a collection');

  const dialog = page.getByRole('dialog');
  const choice = dialog.getByRole('button', { name: /^Add to a collection/ });
  const name = dialog.getByRole('textbox', { name: 'New collection' });
  await expect(choice.or(name).first()).toBeVisible({ timeout: 60_000 });
  if (await choice.isVisible()) await choice.click();
  await name.fill('Round and round');
  await dialog.getByRole('button', { name: 'Create and add' }).click();
  await expect(page.getByRole('main').getByText('lease.txt').first()).toBeVisible({ timeout: 60_000 });
});

test('five thousand files at once are counted, and the window goes on', async ({ app: { page }, folder }) => {
  const paths = Array.from({ length: 5_000 }, (_, at) => join(folder, `letter-${at}.txt`));
  for (const path of paths) writeFileSync(path, lease);
  await dropFilesAnywhere(page, paths);

  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('1000 files')).toBeVisible({ timeout: 60_000 });
  await expect(dialog.getByText('4,000 more were left out', { exact: false })).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();
});

test('a dropped link becomes text that nothing follows', async ({ app: { page } }) => {
  const address = 'https://example.org/a-page';
  const field = page.getByRole('main').getByRole('textbox').first();
  await expect(field).toBeVisible();
  await dropData(page, { mimeType: 'text/uri-list', data: address });
  await expect(page.getByText('Sotto fetches no pages', { exact: false })).toBeVisible();
  await expect(field).toHaveValue(address);
  // The window is still the one of the app: a link that nobody takes would be opened in its place.
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
