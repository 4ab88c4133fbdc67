import { expect, type Page } from '@playwright/test';
import { test } from '../app/sotto-test.ts';
import { answers, composer, finishedAnswer, send, stopButton, wordsOf } from '../app/window.ts';

const longTask = 'Write a long story about a lighthouse keeper and the sea.';

const questions = (page: Page) => page.getByRole('article').filter({ has: page.getByRole('heading', { name: 'You' }) });

test('asks in other words, and leads back to every branch', async ({ app: { page } }) => {
  await send(page, 'What is the capital of France?');
  await finishedAnswer(page);
  await questions(page).last().hover();
  await page.getByRole('button', { name: 'Ask in other words' }).click();
  const field = page.getByRole('textbox', { name: 'Your question in other words' });
  await expect(field).toHaveValue('What is the capital of France?');
  await field.fill('What is the capital of Italy?');
  await field.press('Enter');
  await expect(await finishedAnswer(page)).toContainText('Rome');
  await expect(questions(page)).toHaveCount(1);

  // Catches an edit that writes over what was asked before.
  const versions = questions(page).getByRole('group', { name: 'Versions' });
  await expect(versions).toContainText('2 of 2');
  await versions.getByRole('button', { name: 'Previous version' }).click();
  await expect(answers(page).last()).toContainText('Paris');

  await page.getByRole('button', { name: 'Branches', exact: true }).click();
  const tree = page.getByRole('tree', { name: 'Branches' });
  await expect(tree.getByRole('treeitem')).toHaveCount(2);
  await tree.getByRole('treeitem', { name: /Italy/ }).click();
  await page.getByRole('button', { name: 'Compare with the shown one' }).click();
  const compared = page.getByRole('region', { name: 'Two branches compared' });
  await expect(compared.getByRole('region', { name: 'Shown branch' })).toContainText('Paris');
  await expect(compared.getByRole('region', { name: 'Other branch' })).toContainText('Rome');
  await compared.getByRole('button', { name: 'Show this branch' }).click();
  await expect(answers(page).last()).toContainText('Rome');
});

test('begins a branch in the middle of a chat', async ({ app: { page } }) => {
  await send(page, 'What is the capital of France?');
  await finishedAnswer(page);
  await send(page, 'Name one colour of the rainbow.');
  await finishedAnswer(page);
  await answers(page).first().hover();
  await answers(page).first().getByRole('button', { name: 'Branch from here' }).click();
  await expect(page.getByText('What you write now begins a new branch.')).toBeVisible();
  await expect(answers(page)).toHaveCount(1);
  await send(page, 'What is the capital of Italy?');
  await expect(await finishedAnswer(page)).toContainText('Rome');
  await expect(questions(page).last().getByRole('group', { name: 'Versions' })).toContainText('2 of 2');
});

test('goes on with a stopped answer, and sends what waited for it', async ({ app: { page } }) => {
  await send(page, longTask);
  const answer = answers(page).last();
  await expect(wordsOf(answer)).not.toBeEmpty({ timeout: 60_000 });
  await stopButton(page).click();
  await expect(answer).toContainText('You stopped this answer.');
  const written = await wordsOf(answer).innerText();
  await answer.getByRole('button', { name: 'Go on' }).first().click();
  await expect(async () => {
    const now = await wordsOf(answer).innerText();
    expect(now.length).toBeGreaterThan(written.length);
    // Catches a continuation that begins anew instead of after the last word.
    expect(now.startsWith(written.slice(0, 40))).toBe(true);
  }).toPass({ timeout: 60_000 });
  await expect(answers(page)).toHaveCount(1);

  await send(page, 'What is the capital of Italy?');
  const waiting = page.getByRole('region', { name: 'Waiting messages' });
  await expect(waiting).toContainText('What is the capital of Italy?');
  await send(page, 'What is the capital of France?');
  await waiting.getByRole('button', { name: 'Send earlier' }).click();
  await waiting.getByRole('button', { name: 'Remove this message' }).last().click();
  await expect(waiting).not.toContainText('Italy');
  await stopButton(page).click();
  await waiting.getByRole('button', { name: 'Send the next one' }).click();
  await expect(answers(page)).toHaveCount(2, { timeout: 30_000 });
  await expect(waiting).toHaveCount(0);
  await expect(await finishedAnswer(page)).toContainText('Paris');
});

test('finds words in a chat, place after place', async ({ app: { page } }) => {
  await send(page, 'What is the capital of France?');
  await finishedAnswer(page);
  await send(page, 'Is the capital of France large?');
  await finishedAnswer(page);
  await page.keyboard.press('Control+f');
  const find = page.getByRole('search');
  await find.getByRole('textbox', { name: 'Find in this chat' }).fill('capital of france');
  // The newest place is in sight, so it is the first to be shown; the next one is the oldest.
  await expect(find.getByRole('status')).toHaveText(/^([2-9]) of \1$/);
  await page.keyboard.press('Enter');
  await expect(find.getByRole('status')).toHaveText(/^1 of [2-9]$/);
  await page.keyboard.press('Shift+Enter');
  await expect(find.getByRole('status')).toHaveText(/^([2-9]) of \1$/);
  await find.getByRole('textbox').fill('zeppelin');
  await expect(find.getByRole('status')).toHaveText('Not found');
  await page.keyboard.press('Escape');
  await expect(find).toHaveCount(0);
  await expect(composer(page)).toBeVisible();
});

test('fills in a preset by its command, and says how full the context window is', async ({ app: { page } }) => {
  await composer(page).fill('/exp');
  const presets = page.getByRole('listbox', { name: 'Presets' });
  await expect(presets.getByRole('option', { name: /^\/explain/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'Preset of this message' })).toContainText('Explain');
  await composer(page).pressSequentially('the tide');
  await page.getByRole('button', { name: /^Context window: / }).click();
  const meter = page.getByRole('dialog', { name: 'What the model has in mind' });
  await expect(meter).toContainText('holds 8,192 tokens');
  await expect(meter).toContainText('Room for the answer');
  await page.keyboard.press('Escape');
  await composer(page).press('Enter');
  await finishedAnswer(page);
  await expect(questions(page).last()).toContainText('Explain this in plain words');
  await expect(questions(page).last()).toContainText('the tide');
});
