import { expect } from '@playwright/test';
import { test } from '../app/sotto-test.ts';
import { answers, composer, finishedAnswer, send, stopButton } from '../app/window.ts';

test('asks in other words, keeps both, and goes from one to the other', async ({ app: { page } }) => {
  await send(page, 'What is the capital of France?');
  await expect(await finishedAnswer(page)).toContainText('Paris');
  await page.getByRole('button', { name: 'Ask in other words' }).click();
  const editor = page.getByRole('textbox', { name: 'Your question in other words' });
  await editor.fill('What is the capital of Italy?');
  await editor.press('Enter');
  await expect(page.getByText('2 of 2')).toBeVisible();
  await finishedAnswer(page);
  // The title of the chat says it too.
  const column = page.getByRole('region', { name: 'Messages' });
  await expect(column.getByText('What is the capital of France?')).toHaveCount(0);
  await page.getByRole('button', { name: 'Previous version' }).click();
  await expect(page.getByText('1 of 2')).toBeVisible();
  await expect(answers(page).last()).toContainText('Paris');
});

test('keeps what was begun when the page is loaded anew', async ({ app: { page } }) => {
  await send(page, 'What is the capital of France?');
  await finishedAnswer(page);
  await composer(page).fill('A question that I have not asked');
  // A page that goes keeps what the pause has not kept yet.
  await page.reload();
  await expect(composer(page)).toHaveValue('A question that I have not asked');
});

test('sends what was written during an answer when that has ended, and waits after a stop', async ({
  app: { page },
}) => {
  await send(page, 'Write a long story about a lighthouse keeper and the sea.');
  await expect(stopButton(page)).toBeVisible();
  await send(page, 'What is the capital of France?');
  const waiting = page.getByRole('region', { name: 'Waiting messages' });
  await expect(waiting).toContainText('What is the capital of France?');
  await stopButton(page).click();
  await expect(waiting).toContainText('You stopped the answer, so these messages wait.');
  await waiting.getByRole('button', { name: 'Send the next one' }).click();
  await expect(waiting).toHaveCount(0);
  await expect(answers(page)).toHaveCount(2);
  await expect(await finishedAnswer(page)).toContainText('Paris');
});

test('goes on with an answer that was stopped', async ({ app: { page } }) => {
  await send(page, 'Write a long story about a lighthouse keeper and the sea.');
  await expect(answers(page).last().locator('.prose')).not.toBeEmpty({ timeout: 60_000 });
  await page.keyboard.press('Escape');
  await expect(answers(page).last()).toContainText('You stopped this answer.');
  const before = await answers(page).last().locator('.prose').innerText();
  await answers(page).last().getByRole('button', { name: 'Go on' }).click();
  await expect
    .poll(async () => (await answers(page).last().locator('.prose').innerText()).length, { timeout: 60_000 })
    .toBeGreaterThan(before.length);
  await page.keyboard.press('Escape');
  await expect(answers(page)).toHaveCount(1);
});
