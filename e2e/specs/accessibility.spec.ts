import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { dropFiles } from '../app/drop-files.ts';
import { lease } from '../app/sample-documents.ts';
import { test } from '../app/sotto-test.ts';
import { answers, composer, evidence, finishedAnswer, goTo, send, wordsOf } from '../app/window.ts';

async function expectNoViolations(page: Page, where: string): Promise<void> {
  // The legacy mode needs no second page, which the desktop window may not open.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
  expect(found, where).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`has no accessibility violation on any page in ${colorScheme}`, async ({ app: { page }, folder }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expectNoViolations(page, 'new chat');
    for (const name of ['Documents', 'Summaries', 'Models', 'Privacy', 'Settings'] as const) {
      await goTo(page, name);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectNoViolations(page, name);
    }
    const path = join(folder, 'lease.txt');
    writeFileSync(path, lease);
    await dropFiles(page, [path], 'Ask about it');
    await send(page, 'How long is the notice period?');
    const answer = await finishedAnswer(page);
    await expectNoViolations(page, 'answer from a document');
    await answer
      .getByRole('button', { name: /passages?/ })
      .first()
      .click();
    await answer.getByRole('button', { name: /\[1\]/ }).first().click();
    await expect(evidence(page)).toBeVisible();
    await expectNoViolations(page, 'evidence');
  });
}

test('works with the keyboard alone', async ({ app: { page } }) => {
  await expect(composer(page)).toBeFocused();
  await page.keyboard.type('What is the capital of France?');
  await page.keyboard.press('Enter');
  await expect(await finishedAnswer(page)).toContainText('Paris');
  await page.keyboard.press('Control+n');
  await expect(answers(page)).toHaveCount(0);
  await expect(composer(page)).toBeFocused();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('capital');
  await expect(page.getByRole('option', { name: /capital of France/ }).first()).toBeVisible();
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
});

test('stops an answer with Escape', async ({ app: { page } }) => {
  await send(page, 'Write a long story about a lighthouse keeper and the sea.');
  const answer = answers(page).last();
  await expect(wordsOf(answer)).not.toBeEmpty({ timeout: 60_000 });
  await page.keyboard.press('Escape');
  await expect(answer).toContainText('You stopped this answer.');
});

test('speaks German', async ({ app: { page } }) => {
  await goTo(page, 'Settings');
  await page
    .getByRole('radio', { name: 'Deutsch' })
    .or(page.getByRole('button', { name: 'Deutsch' }))
    .click();
  await expect(page.getByRole('heading', { name: 'Einstellungen', level: 1 })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
});

test('keeps everything within reach in a window of 480 pixels', async ({ app: { page } }) => {
  await page.setViewportSize({ width: 480, height: 640 });
  await expect(composer(page)).toBeVisible();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(480);
  await page.getByRole('button', { name: 'Show the side bar' }).click();
  await goTo(page, 'Privacy');
  await expect(page.getByText('Nothing has left this computer')).toBeVisible();
});
