import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { dropFilesAnywhere } from '../app/drop-files.ts';
import { test } from '../app/sotto-test.ts';
import {
  answers,
  chooseInMenu,
  composer,
  conversationLink,
  finishedAnswer,
  goTo,
  newChat,
  palette,
  runCommand,
  send,
  wordsOf,
} from '../app/window.ts';

const listed = (page: Page) => page.getByRole('list', { name: 'Chats', exact: true });

/** Asks and names the chat. */
async function askAs(page: Page, question: string, title: string): Promise<void> {
  await send(page, question);
  await finishedAnswer(page);
  await page
    .getByRole('main')
    .getByRole('button', { name: /^More for/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  const field = page.getByRole('textbox', { name: 'Title of the chat' });
  await field.fill(title);
  await field.press('Enter');
  await expect(conversationLink(page, title)).toBeVisible();
}

test('keeps chats in order: folders, pins, the archive', async ({ app: { page } }) => {
  await askAs(page, 'What is the capital of France?', 'Geography');
  await newChat(page);
  await askAs(page, 'Name one colour of the rainbow.', 'Colours');

  await page.getByRole('button', { name: 'More ways to begin, and the archive' }).click();
  await page.getByRole('menuitem', { name: 'New folder' }).click();
  await page.getByRole('textbox', { name: 'Name of the folder' }).fill('School');
  await page.keyboard.press('Enter');
  await chooseInMenu(page, 'Geography', 'Move to folder', 'School');
  await chooseInMenu(page, 'Colours', 'Pin to the top');
  await expect(listed(page).getByRole('heading', { name: 'Pinned' })).toBeVisible();
  const folder = listed(page)
    .getByRole('button', { name: /^School/ })
    .first();
  await expect(folder).toHaveAttribute('aria-expanded', 'true');
  await folder.click();
  await expect(conversationLink(page, 'Geography')).toHaveCount(0);
  await folder.click();
  await expect(conversationLink(page, 'Geography')).toBeVisible();

  await chooseInMenu(page, 'Colours', 'Archive');
  await expect(listed(page).getByRole('link', { name: 'Colours' })).toHaveCount(0);
  await page.getByRole('button', { name: 'More ways to begin, and the archive' }).click();
  await page.getByRole('menuitem', { name: 'Show the archive' }).click();
  await chooseInMenu(page, 'Colours', 'Take out of the archive');
  await page.getByRole('button', { name: 'Back to all chats' }).click();
  await expect(listed(page).getByRole('link', { name: 'Colours' })).toBeVisible();
});

test('leads from the palette to a message, and from there to all of them', async ({ app: { page } }) => {
  await askAs(page, 'What is the capital of France? Say also what a café is.', 'Geography');
  await newChat(page);
  await send(page, 'Name one colour of the rainbow.');
  await finishedAnswer(page);
  await page.keyboard.press('Control+k');
  await palette(page).fill('cafe');
  // Catches a search that wants accents typed, and one that finds titles only.
  await page.getByRole('option', { name: /café/ }).first().click();
  await expect(page.getByRole('heading', { name: 'Geography', level: 1 })).toBeVisible();
  // The question has the word, and an answer of any length may have it too: the one that was chosen is shown and has the focus.
  const shown = page.locator(':focus');
  await expect(shown).toContainText('café');
  await expect(shown).toBeInViewport();
  await page.keyboard.press('Control+k');
  await palette(page).fill('capital');
  await page.getByRole('option', { name: 'All messages with “capital”' }).click();
  const hits = page.getByRole('list', { name: 'Search everything' });
  await expect(hits.locator('mark').first()).toHaveText(/capital/i);
  await page.keyboard.press('Control+k');
  await palette(page).fill('zzzznothing');
  await expect(page.getByRole('option', { name: /rainbow|Geography/ })).toHaveCount(0);
});

test('exports a chat, and takes it in again after it was deleted', async ({ app: { page }, folder }) => {
  await askAs(page, 'What is the capital of France?', 'Geography');
  const answer = await wordsOf(answers(page).last()).innerText();
  const download = page.waitForEvent('download');
  await chooseInMenu(page, 'Geography', 'Export as', /^JSON/);
  const path = join(folder, 'exported.json');
  await (await download).saveAs(path);
  const exported = readFileSync(path, 'utf8');
  expect(exported).toContain('What is the capital of France?');
  await expect(page.getByText(/is written. It is not encrypted/)).toBeVisible();

  const second = page.waitForEvent('download');
  await chooseInMenu(page, 'Geography', 'Export as', /^Markdown/);
  const markdownPath = join(folder, 'exported.md');
  await (await second).saveAs(markdownPath);
  expect(readFileSync(markdownPath, 'utf8')).toContain('What is the capital of France?');

  await chooseInMenu(page, 'Geography', 'Delete');
  await expect(conversationLink(page, 'Geography')).toHaveCount(0);
  await dropFilesAnywhere(page, [path]);
  await page.getByRole('button', { name: 'Import these chats' }).click();
  const report = page.getByRole('dialog', { name: 'Import of chats' });
  await expect(report).toContainText('Recognised as an export of Sotto.', { timeout: 60_000 });
  await expect(report).toContainText('Taken: 1 chat with 2 messages.');
  await report.getByRole('button', { name: 'Close' }).click();
  await conversationLink(page, 'Geography').click();
  await expect(wordsOf(answers(page).last())).toHaveText(answer.trim());
});

test('says what another program’s file and a broken one are, and takes nothing', async ({ app: { page }, folder }) => {
  const foreign = join(folder, 'invoices.json');
  writeFileSync(foreign, JSON.stringify([{ invoice: 1, total: '12.00' }]));
  const broken = join(folder, 'broken.json');
  writeFileSync(broken, '[{"title":"Half","mapping":{"a":{"id":"a","message":{"author":{"role":"us');
  const cases = [
    [foreign, 'is not an export that Sotto understands. Nothing was taken from it.'],
    [broken, /Nothing was taken|nothing was taken/],
  ] as const;
  for (const [path, words] of cases) {
    await dropFilesAnywhere(page, [path]);
    await page.getByRole('button', { name: 'Import these chats' }).click();
    const report = page.getByRole('dialog', { name: 'Import of chats' });
    await expect(report).toContainText(words, { timeout: 60_000 });
    await report.getByRole('button', { name: 'Close' }).click();
  }
  await expect(page.getByText('Your chats will be listed here.')).toBeVisible();
});

test('neither finds nor exports a private chat', async ({ app: { page }, folder }) => {
  await page.getByRole('button', { name: 'More ways to begin, and the archive' }).click();
  await page.getByRole('menuitem', { name: 'New private chat' }).click();
  await expect(page.getByText('Private: not kept')).toBeVisible();
  await send(page, 'What is a zephyr?');
  await finishedAnswer(page);
  await page.keyboard.press('Control+k');
  await palette(page).fill('zephyr');
  await expect(page.getByRole('option', { name: /All messages with/ })).toBeVisible();
  await expect(page.getByRole('group', { name: 'Messages' }).getByRole('option', { name: /What is a/ })).toHaveCount(0);
  await page.keyboard.press('Escape');
  const download = page.waitForEvent('download');
  await runCommand(page, 'Export all chats as JSON');
  const path = join(folder, 'exported.json');
  await (await download).saveAs(path);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ conversations: [] });
});

test('finds settings by the words that people use', async ({ app: { page } }) => {
  await goTo(page, 'Settings');
  const field = page.getByRole('searchbox', { name: 'Search settings' });
  await field.fill('password');
  await expect(page.getByText('How chats are kept')).toBeVisible();
  await expect(page.getByText('Length of answers')).toHaveCount(0);
  await field.fill('xylophone');
  await expect(page.getByText('No setting has these words.')).toBeVisible();
  await field.fill('titles');
  await page.getByRole('switch', { name: 'Automatic titles' }).click();
  await expect(page.getByText(/Default: on/)).toBeVisible();
  await page.keyboard.press('Control+n');
  await expect(composer(page)).toBeFocused();
});
