import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { dropFiles } from '../app/drop-files.ts';
import { lease, logbook } from '../app/sample-documents.ts';
import { test } from '../app/sotto-test.ts';
import { answers, evidence, finishedAnswer, goTo, send } from '../app/window.ts';

test('summarises a dropped file to its end, each section linked to its place', async ({ app: { page }, folder }) => {
  const path = join(folder, 'logbook.md');
  writeFileSync(path, logbook);
  await dropFiles(page, [path], 'Summarise');

  await expect(page.getByRole('heading', { name: 'logbook.md' })).toBeVisible();
  await expect(page.getByText('100% of the text')).toBeVisible({ timeout: 100_000 });
  await expect(page.getByRole('region', { name: 'Summary', exact: true })).not.toBeEmpty();
  const sections = page.getByRole('region', { name: 'Section by section' });
  await sections.getByRole('button', { name: /The storm/ }).click();
  await expect(evidence(page).locator('mark', { hasText: 'the lamp went out at four' })).toBeVisible();
});

test('stops a summary and keeps what had been read', async ({ app: { page }, folder }) => {
  const path = join(folder, 'long.md');
  writeFileSync(
    path,
    Array.from({ length: 12 }, (_, at) => logbook.replaceAll('# ', `# Part ${at + 1}: `)).join('\n\n'),
  );
  await dropFiles(page, [path], 'Summarise');
  const sections = page.getByRole('region', { name: 'Section by section' }).getByRole('listitem');
  await expect(sections.first()).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText('You stopped this summary.')).toBeVisible();
  await expect(sections.first()).toBeVisible();
});

test('answers from a dropped file, and a citation opens its passage', async ({ app: { page }, folder }) => {
  const path = join(folder, 'lease.txt');
  writeFileSync(path, lease);
  await dropFiles(page, [path], 'Ask about it');
  await expect(page.getByText('lease.txt').first()).toBeVisible();

  await send(page, 'How much is the monthly rent?');
  const answer = answers(page).last();
  await expect(answer.getByText(/passages?/).first()).toBeVisible({ timeout: 60_000 });
  await finishedAnswer(page);
  await answer
    .getByRole('button', { name: /^Show passage 1/ })
    .first()
    .click();
  // A passage is marked line by line.
  await expect(evidence(page).locator('mark').filter({ hasText: '1,450 euros' })).toBeVisible();
});

test('says so when the document does not hold the answer', async ({ app: { page }, folder }) => {
  const path = join(folder, 'lease.txt');
  writeFileSync(path, lease);
  await dropFiles(page, [path], 'Ask about it');
  await send(page, 'Which football club won the championship in 1998?');
  await expect(await finishedAnswer(page)).toContainText('Your documents do not say.');
});

test('lists a document once, however often it is added, and forgets it on request', async ({
  app: { page },
  folder,
}) => {
  const path = join(folder, 'lease.txt');
  writeFileSync(path, lease);
  await dropFiles(page, [path], 'Ask about it');
  await expect(page.getByText('lease.txt').first()).toBeVisible();
  await dropFiles(page, [path], 'Ask about it');
  await goTo(page, 'Documents');
  await expect(page.getByRole('button', { name: 'Remove lease.txt' })).toHaveCount(1);
  await page.getByRole('button', { name: 'Remove lease.txt' }).click();
  await expect(page.getByText('No documents yet')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Remove lease.txt' })).toHaveCount(1);
});
