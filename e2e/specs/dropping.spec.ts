import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { dropFiles } from '../app/drop-files.ts';
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
