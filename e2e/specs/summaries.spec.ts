import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { dropFiles } from '../app/drop-files.ts';
import { lease, logbook } from '../app/sample-documents.ts';
import { test } from '../app/sotto-test.ts';

/** The first bytes of a file of this kind. */
const signatures = { Markdown: '# Summary of lease.txt', Word: 'PK', PDF: '%PDF-' } as const;

async function exportAs(page: Page, kind: keyof typeof signatures): Promise<Buffer> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: new RegExp(`^${kind}`) }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^lease - summary\.(?:md|docx|pdf)$/);
  await expect(page.getByText(`“${file.suggestedFilename()}” is saved.`)).toBeVisible();
  return readFileSync(await file.path());
}

test('a finished summary is saved as Markdown, Word and PDF', async ({ app: { page }, folder }) => {
  const path = join(folder, 'lease.txt');
  writeFileSync(path, lease);
  await dropFiles(page, [path], 'Summarise');
  await expect(page.getByText('100% of the text')).toBeVisible({ timeout: 100_000 });
  for (const kind of ['Markdown', 'Word', 'PDF'] as const) {
    const bytes = await exportAs(page, kind);
    expect(bytes.toString('latin1').startsWith(signatures[kind])).toBe(true);
    // Catches a file with its head and nothing in it.
    expect(bytes.length).toBeGreaterThan(300);
  }
});

test('a summary is paused, goes on, and is stopped, each when it is told', async ({ app: { page }, folder }) => {
  const path = join(folder, 'logbook.md');
  // Long enough to be under way at each click.
  writeFileSync(path, Array.from({ length: 60 }, (_, day) => `# Day ${day + 1}\n\n${logbook}`).join('\n\n'));
  await dropFiles(page, [path], 'Summarise');
  const state = page.getByRole('main').getByRole('status');
  const button = (name: string) => page.getByRole('main').getByRole('button', { name, exact: true });
  await expect(button('Pause')).toBeEnabled({ timeout: 60_000 });
  // Something is read before the pause, so that there is something to keep.
  await expect(page.getByText(/^[1-9]\d* of \d+ parts read/)).toBeVisible({ timeout: 90_000 });
  await button('Pause').click();
  await expect(state.filter({ hasText: 'Paused. What was read is kept' })).toBeVisible();
  const readBefore = await page.getByText(/parts read/).textContent();

  await button('Go on').click();
  await expect(button('Stop')).toBeEnabled({ timeout: 30_000 });
  // Catches a summary that begins again at its first part.
  await expect(page.getByText(/^[1-9]\d* of \d+ parts read/)).toBeVisible();
  expect(Number.parseInt((await page.getByText(/parts read/).textContent()) ?? '', 10)).toBeGreaterThanOrEqual(
    Number.parseInt(readBefore ?? '', 10),
  );
  await button('Stop').click();
  await expect(state.filter({ hasText: 'You stopped this summary.' })).toBeVisible();
  await expect(button('Go on')).toBeEnabled();
});
