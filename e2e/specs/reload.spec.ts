import { expect } from '@playwright/test';
import { test } from '../app/sotto-test.ts';
import { composer, finishedAnswer, send } from '../app/window.ts';

test('keeps what was begun when the page is loaded anew', async ({ app: { page } }) => {
  await send(page, 'What is the capital of France?');
  await finishedAnswer(page);
  await composer(page).fill('A question that I have not asked');
  // A page that goes keeps what the pause has not kept yet.
  await page.reload();
  await expect(composer(page)).toHaveValue('A question that I have not asked');
});
