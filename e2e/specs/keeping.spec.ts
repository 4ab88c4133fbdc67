import { expect, type Page } from '@playwright/test';
import { test } from '../app/sotto-test.ts';
import {
  answers,
  choosePassphrase,
  composer,
  conversationLink,
  endFirstStart,
  finishedAnswer,
  goTo,
  newChat,
  send,
  statusLine,
  stopButton,
  unlock,
  wordsOf,
} from '../app/window.ts';

const passphrase = 'harbour lantern gravel teapot';
const secrets = ['capital of France', 'Paris', 'lighthouse', 'zephyr', 'thought of mine', 'And after that'];

/** Everything that the page holds, fields and stores included. */
async function everythingIn(page: Page): Promise<string> {
  const seen = await page.evaluate(() => [
    document.title,
    location.href,
    ...[...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value), // both have one
    ...[localStorage, sessionStorage].map((store) => JSON.stringify(Object.entries(store))),
  ]);
  return [await page.content(), ...seen].join('\n');
}

async function expectNothingOfChats(page: Page): Promise<void> {
  const held = await everythingIn(page);
  expect(secrets.filter((secret) => held.includes(secret))).toEqual([]);
}

const waiting = (page: Page) => page.getByRole('region', { name: 'Waiting messages' });
const locked = (page: Page) => page.getByRole('heading', { name: 'Your chats are locked' });

test('keeps chats, drafts and waiting messages behind a passphrase, through a lock and a restart', async ({
  start,
}) => {
  test.slow();
  const first = await start();
  const { page } = first;
  for (const name of ['A model for this computer', 'How to keep your chats', 'Ask from anywhere']) {
    await expect(page.getByRole('region', { name, exact: true })).toBeVisible();
  }
  await expect(page.getByRole('radio', { name: /opened by your keychain/ })).toBeDisabled();
  await choosePassphrase(page, passphrase);
  await endFirstStart(page);

  await send(page, 'What is the capital of France?');
  await expect(await finishedAnswer(page)).toContainText('Paris');
  await page.getByRole('button', { name: 'More ways to begin, and the archive' }).click();
  await page.getByRole('menuitem', { name: 'New private chat' }).click();
  await expect(page.getByText('Private: not kept')).toBeVisible();
  await send(page, 'What is a zephyr?');
  await finishedAnswer(page);
  await newChat(page);
  await send(page, 'Write a long story about a lighthouse keeper and the sea.');
  await expect(wordsOf(answers(page).last())).not.toBeEmpty({ timeout: 60_000 });
  await send(page, 'And after that?');
  await expect(waiting(page)).toContainText('And after that?');
  await stopButton(page).click();
  await expect(waiting(page)).toContainText('these messages wait');
  await composer(page).fill('A thought of mine');

  // Catches a lock that leaves something of a chat in the page, and one that takes private chats without a word.
  await statusLine(page).getByRole('button', { name: 'Lock' }).click();
  await expect(page.getByRole('alertdialog').or(page.getByRole('dialog'))).toContainText('One private chat is open');
  await page.getByRole('button', { name: 'Lock', exact: true }).last().click();
  await expect(locked(page)).toBeVisible();
  await expectNothingOfChats(page);
  await unlock(page, 'harbour lantern gravel teacup');
  await expect(page.getByText('This is not the passphrase.')).toBeVisible();
  await unlock(page, passphrase);
  await expect(conversationLink(page, /capital of France/)).toBeVisible();
  await expect(conversationLink(page, /zephyr/)).toHaveCount(0);
  await first.close();

  const second = await start();
  await expect(locked(second.page)).toBeVisible();
  await expectNothingOfChats(second.page);
  await unlock(second.page, passphrase);
  await conversationLink(second.page, /lighthouse/).click();
  await expect(answers(second.page).last()).toContainText('You stopped this answer.');
  await expect(composer(second.page)).toHaveValue('A thought of mine');
  await expect(waiting(second.page)).toContainText('And after that?');
  await conversationLink(second.page, /capital of France/).click();
  await expect(answers(second.page).last()).toContainText('Paris');
  await expect(conversationLink(second.page, /zephyr/)).toHaveCount(0);
});

test('lets every step of the first start be skipped, and keeps nothing until it is told how', async ({ start }) => {
  const first = await start();
  const { page } = first;
  const steps = page.getByRole('region', { name: 'First steps' });
  for (const name of ['A model for this computer', 'How to keep your chats', 'Ask from anywhere']) {
    await steps
      .getByRole('region', { name, exact: true })
      .getByRole('button', { name: /^(Skip|Fold)/ })
      .click();
  }
  await expect(steps.getByRole('radio')).toHaveCount(0);
  await endFirstStart(page);
  await expect(statusLine(page)).toContainText('Nothing is kept');
  await expect(page.getByText('Chats are not kept yet.')).toBeVisible();
  await first.close();
  const { page: next } = await start();
  // Who has answered is not asked again, and is still told.
  await expect(next.getByText('Chats are not kept yet.')).toBeVisible();
  await expect(next.getByRole('region', { name: 'First steps' })).toHaveCount(0);
});

test('erases everything, looks again and begins anew', async ({ start }) => {
  const { page } = await start();
  await choosePassphrase(page, passphrase);
  await endFirstStart(page);
  await send(page, 'What is the capital of France?');
  await finishedAnswer(page);
  await goTo(page, 'Settings');
  await page.getByRole('searchbox', { name: 'Search settings' }).fill('erase');
  await page.getByRole('button', { name: 'Erase everything' }).click();
  await page.getByLabel('Type “erase” to confirm').fill('erase');
  await page.getByRole('button', { name: 'Erase everything' }).click();
  const report = page.getByRole('dialog', { name: 'Erasure' });
  await expect(report).toContainText('The key is gone');
  await expect(report).toContainText('The file with your chats is gone');
  await expect(report).toContainText('The backups are gone');
  await page.keyboard.press('Escape');
  await expect(statusLine(page)).toContainText('Nothing is kept');
  await expect(page.getByText('Your chats will be listed here.')).toBeVisible();
});
