import { expect } from '@playwright/test';
import { test } from '../app/sotto-test.ts';
import { answers, composer, finishedAnswer, newChat, send, stopButton, wordsOf } from '../app/window.ts';

const longTask = 'Write a long story about a lighthouse keeper and the sea.';

test('answers a question of a local model, word by word', async ({ app: { page } }) => {
  await send(page, longTask);
  const answer = answers(page).last();
  // Catches an answer that is only shown when it is whole: its text must grow while it is being written.
  await expect(answer).toHaveAttribute('aria-busy', 'true');
  await expect(wordsOf(answer)).not.toBeEmpty({ timeout: 60_000 });
  const early = (await answer.innerText()).length;
  await expect(async () => expect((await answer.innerText()).length).toBeGreaterThan(early)).toPass();
  await expect(answer).toHaveAttribute('aria-busy', 'true');

  await stopButton(page).click();
  await expect(answer).toHaveAttribute('aria-busy', 'false');
  await expect(answer).toContainText('You stopped this answer.');
  const stopped = await answer.innerText();
  await page.waitForTimeout(1_000);
  expect(await answer.innerText()).toBe(stopped);
});

test('names Paris, with its figures', async ({ app: { page } }) => {
  await send(page, 'What is the capital of France?');
  const answer = await finishedAnswer(page);
  await expect(answer).toContainText('Paris');
  await answer.hover();
  await expect(answer).toContainText(/tokens\/s/);
  await expect(answer).toContainText(/first word after/);
});

test('keeps several conversations apart, and undoes a deletion', async ({ app: { page } }) => {
  await send(page, 'What is the capital of France?');
  await finishedAnswer(page);
  await newChat(page);
  await send(page, 'Name one colour of the rainbow.');
  await finishedAnswer(page);

  const first = page.getByRole('link', { name: /capital of France/ });
  await first.click();
  await expect(answers(page).last()).toContainText('Paris');

  await first.hover();
  await page
    .getByRole('button', { name: /More for .*capital of France/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(first).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await first.click();
  await expect(answers(page).last()).toContainText('Paris');
});

test('answers again on request, and copies an answer', async ({ app: { page } }) => {
  await send(page, 'What is the capital of France?');
  const answer = await finishedAnswer(page);
  await answer.getByRole('button', { name: 'Copy the answer' }).click();
  await expect(answer.getByRole('button', { name: 'Copied' })).toBeVisible();
  await answer.getByRole('button', { name: 'Answer again' }).click();
  await expect(await finishedAnswer(page)).toContainText('Paris');
  await expect(answers(page)).toHaveCount(1);
});

test('goes on with an answer when the window reloads in the middle of it', async ({ app: { page } }) => {
  await send(page, longTask);
  const answer = answers(page).last();
  await expect(wordsOf(answer)).not.toBeEmpty({ timeout: 60_000 });
  const before = (await wordsOf(answer).innerText()).slice(0, 24);
  await page.reload();
  const after = answers(page).last();
  await expect(after).toContainText(before);
  await expect(after).toHaveAttribute('aria-busy', 'true');
  await stopButton(page).click();
  await expect(after).toContainText('You stopped this answer.');
});

test('keeps what was written when the engine is killed, and answers the next question', async ({ app }) => {
  const { page } = app;
  await send(page, longTask);
  const answer = answers(page).last();
  await expect(wordsOf(answer)).not.toBeEmpty({ timeout: 60_000 });
  const written = (await wordsOf(answer).innerText()).slice(0, 24);
  const enginePid = await app.enginePid();
  if (enginePid === undefined) throw new Error('An answer is being written, yet no engine runs.');
  process.kill(enginePid, 'SIGKILL');

  await expect(answer).toContainText('cut short by a failure', { timeout: 30_000 });
  await expect(answer).toContainText(written);
  await send(page, 'What is the capital of France?');
  await expect(await finishedAnswer(page)).toContainText('Paris');
  expect(await app.enginePid()).not.toBe(enginePid);
});

test('says that a message is too long for the model, and keeps it', async ({ app: { page } }) => {
  await send(page, 'The harbour master wrote down every ship. '.repeat(2_500));
  const answer = await finishedAnswer(page);
  await expect(answer).toContainText('more than the model can keep in mind');
  await expect(page.getByText('The harbour master wrote down every ship.').first()).toBeVisible();
  await send(page, 'What is the capital of France?');
  await expect(await finishedAnswer(page)).toContainText('Paris');
});

test('keeps the draft of each conversation while another is open', async ({ app: { page } }) => {
  await composer(page).fill('A half-written thought');
  await page.getByRole('link', { name: 'Documents', exact: true }).first().click();
  await page.goBack();
  await expect(composer(page)).toHaveValue('A half-written thought');
});

test('sends what waited as soon as the answer has ended', async ({ app: { page } }) => {
  await send(page, 'Write three sentences about the sea.');
  await expect(stopButton(page)).toBeVisible();
  await send(page, 'What is the capital of France?');
  await expect(answers(page)).toHaveCount(2, { timeout: 60_000 });
  await expect(page.getByRole('region', { name: 'Waiting messages' })).toHaveCount(0);
  await expect(await finishedAnswer(page)).toContainText('Paris');
});
