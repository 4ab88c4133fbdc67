import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator } from '@playwright/test';
import { expectNoViolations } from '../app/accessibility.ts';
import { dropFiles } from '../app/drop-files.ts';
import { lease } from '../app/sample-documents.ts';
import { test } from '../app/sotto-test.ts';
import {
  answers,
  choosePassphrase,
  composer,
  conversationLink,
  endFirstStart,
  evidence,
  finishedAnswer,
  goTo,
  palette,
  send,
  unlock,
  wordsOf,
} from '../app/window.ts';

const passphrase = 'harbour lantern gravel teapot';

test('has no accessibility violation on any page, in light and dark', async ({ app: { page }, folder }) => {
  await expectNoViolations(page, 'new chat');
  for (const name of ['Documents', 'Summaries', 'Models', 'Privacy', 'Settings'] as const) {
    await goTo(page, name);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectNoViolations(page, name);
  }
  await goTo(page, 'Models');
  await page.getByRole('list', { name: 'On this computer' }).getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: 'Where it comes from' })).toBeVisible();
  await expectNoViolations(page, 'a model');
  await goTo(page, 'Models');
  await page.getByRole('button', { name: 'Search for other models' }).first().click();
  await page.getByRole('searchbox').fill('granite');
  await page.getByRole('searchbox').press('Enter');
  await expectNoViolations(page, 'the question before a search');
  await page.keyboard.press('Escape');
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

test('has no accessibility violation around chats, in light and dark', async ({ app: { page } }) => {
  test.slow();
  await expectNoViolations(page, 'first start');
  await page.getByRole('radio', { name: /opened by a passphrase/ }).click();
  await expectNoViolations(page, 'choosing a passphrase');
  await choosePassphrase(page, passphrase);
  await endFirstStart(page);
  await composer(page).fill('/');
  await expect(page.getByRole('listbox', { name: 'Presets' })).toBeVisible();
  await expectNoViolations(page, 'presets');
  await send(page, 'What is the capital of France?');
  const answer = await finishedAnswer(page);
  await answer.getByRole('button', { name: 'Answer again' }).click();
  await finishedAnswer(page);
  await expectNoViolations(page, 'chat with branches');
  await page.getByRole('button', { name: /^Context window: / }).click();
  await expectNoViolations(page, 'context meter');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Settings of this chat' }).click();
  await expectNoViolations(page, 'settings of a chat');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Branches', exact: true }).click();
  await expectNoViolations(page, 'branches');
  await page.getByRole('treeitem').filter({ hasNotText: 'shown' }).last().click();
  await page.getByRole('button', { name: 'Compare with the shown one' }).click();
  await expectNoViolations(page, 'two branches compared');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+f');
  await page.getByRole('textbox', { name: 'Find in this chat' }).fill('Paris');
  await expectNoViolations(page, 'find in a chat');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await palette(page).fill('capital');
  await expect(page.getByRole('option', { name: /All messages with/ })).toBeVisible();
  await expectNoViolations(page, 'palette');
  await page.getByRole('option', { name: /All messages with/ }).click();
  await expect(page.getByRole('heading', { name: 'Search everything', level: 1 })).toBeVisible();
  await expectNoViolations(page, 'search');
  await page.keyboard.press('Control+/');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await expectNoViolations(page, 'shortcuts');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Shift+l');
  await expect(page.getByRole('heading', { name: 'Your chats are locked' })).toBeVisible();
  await unlock(page, 'not the passphrase');
  await expect(page.getByText('This is not the passphrase.')).toBeVisible();
  await expectNoViolations(page, 'locked');
});

test('works with the keyboard alone, from the first start to a deleted chat that comes back', async ({
  app: { page },
}) => {
  const { keyboard } = page;
  const tabTo = async (target: Locator): Promise<void> => {
    for (let step = 0; step < 40; step += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await keyboard.press('Tab');
    }
    await expect(target).toBeFocused();
  };
  await expect(composer(page)).toBeFocused();
  await tabTo(page.getByRole('region', { name: 'First steps' }).getByRole('button', { name: 'Done' }));
  await keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'First steps' })).toHaveCount(0);
  await keyboard.press('Control+n');
  await expect(composer(page)).toBeFocused();
  await keyboard.type('What is the capital of France?');
  await keyboard.press('Enter');
  await expect(await finishedAnswer(page)).toContainText('Paris');
  await keyboard.press('Control+n');
  await expect(answers(page)).toHaveCount(0);
  await expect(composer(page)).toBeFocused();
  await keyboard.press('Control+k');
  await expect(palette(page)).toBeFocused();
  await keyboard.type('capital of France');
  await expect(page.getByRole('option', { name: /capital of France/ }).first()).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await keyboard.press('Enter');
  await expect(answers(page).last()).toContainText('Paris');
  const chat = conversationLink(page, /capital of France/);
  await keyboard.press('Control+,');
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await chat.focus();
  await keyboard.press('F2');
  await keyboard.type('Geography');
  await keyboard.press('Enter');
  const renamed = conversationLink(page, 'Geography');
  await expect(renamed).toBeVisible();
  await renamed.focus();
  await keyboard.press('Delete');
  await expect(renamed).toHaveCount(0);
  // Catches a list that loses the focus with the chat that was deleted in it.
  await expect(page.locator('body')).not.toBeFocused();
  // To the notifications, which wait while the focus is on them.
  await keyboard.press('F6');
  await tabTo(page.getByRole('button', { name: 'Undo' }));
  await keyboard.press('Enter');
  await expect(renamed).toBeVisible();
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
