// A question from anywhere, with the real model: in its own window where there is a desktop, else on a page of the browser.
import { expect, type Locator, type Page } from '@playwright/test';
import { atDesk } from '../app/desk.ts';
import { expectNoViolations } from '../app/accessibility.ts';
import type { SottoApp } from '../app/sotto-app.ts';
import { test as base } from '../app/sotto-test.ts';
import { answers, wordsOf } from '../app/window.ts';

type QuickAsk = {
  readonly page: Page;
  /** Shows it, as a person would. */
  readonly show: () => Promise<void>;
};

const longTask = 'Write a long story about a lighthouse keeper and the sea.';

const test = base.extend<{ readonly quickAsk: QuickAsk }>({
  quickAsk: async ({ app, door }, use) => {
    test.skip(door === 'electron', 'No spec can press a key of the whole system');
    const quickAsk = await openQuickAsk(app);
    await quickAsk.show();
    await field(quickAsk.page).waitFor();
    await use(quickAsk);
  },
});

async function openQuickAsk({ application, page: main }: SottoApp): Promise<QuickAsk> {
  if (application === null) {
    const show = (): Promise<void> => main.evaluate(() => void (location.hash = '#/quick-ask'));
    return { page: main, show };
  }
  const pages = (): readonly Page[] => application.windows().filter((page) => page.url().includes('#/quick-ask'));
  await expect.poll(() => pages().length).toBe(1);
  const [page] = pages();
  if (page === undefined) throw new Error('The window has gone again');
  await field(page).waitFor({ state: 'attached' });
  const isRegistered = () => application.evaluate(({ globalShortcut }) => globalShortcut.isRegistered('Alt+Space'));
  await expect.poll(isRegistered).toBe(true);
  return { page, show: async () => void (await atDesk(application, 'pressShortcut', 'Alt+Space')) };
}

const field = (page: Page): Locator => page.getByRole('textbox', { name: 'Your question' });
const answer = (page: Page): Locator => page.getByRole('region', { name: 'Answer' });

async function ask(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await field(page).press('Enter');
}

async function finished(page: Page): Promise<Locator> {
  await expect(answer(page)).toHaveAttribute('aria-busy', 'false', { timeout: 90_000 });
  return answer(page);
}

/** Pastes as the keyboard does: no permission of the page is needed for it. */
const paste = (page: Page, text: string): Promise<void> =>
  field(page).evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);

test('it answers, is new with Escape, and leaves nothing among the chats', async ({ quickAsk, app, door }) => {
  const { page, show } = quickAsk;
  await ask(page, 'What is the capital of France?');
  await expect(await finished(page)).toContainText('Paris');
  await page.keyboard.press('Escape');
  await expect(field(page)).toHaveValue('');
  await expect(answer(page)).toHaveCount(0);
  await show();
  await expect(field(page)).toBeFocused();
  if (door === 'host') await page.getByRole('link', { name: 'To your chats' }).click();
  await expect(app.page.getByText('Your chats will be listed here.')).toBeVisible();
});

test('Escape stops an answer first', async ({ quickAsk: { page } }) => {
  await ask(page, longTask);
  await expect(wordsOf(answer(page))).not.toBeEmpty({ timeout: 60_000 });
  await expect(answer(page)).toHaveAttribute('aria-busy', 'true');
  await page.keyboard.press('Escape');
  await expect(answer(page)).toHaveAttribute('aria-busy', 'false');
  await expect(answer(page)).toContainText('You stopped this answer.');
  await expect(wordsOf(answer(page))).not.toBeEmpty();
});

test('an answer that grows is continued in the main window, and kept', async ({ quickAsk: { page }, app }) => {
  await ask(page, longTask);
  await expect(wordsOf(answer(page))).not.toBeEmpty({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Continue in the window' }).click();
  const kept = answers(app.page).last();
  await expect(wordsOf(kept)).not.toBeEmpty();
  const early = (await kept.innerText()).length;
  // It goes on where it is now, and comes to its end there.
  await expect(async () => expect((await kept.innerText()).length).toBeGreaterThan(early)).toPass({ timeout: 60_000 });
  await app.page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(kept).toHaveAttribute('aria-busy', 'false');
  await expect(app.page.getByRole('link', { name: /lighthouse keeper/ }).first()).toBeVisible();
});

test('a long paste is worked on by one key, and what is cut is told', async ({ quickAsk: { page } }) => {
  await paste(page, 'The ferry to Capri leaves at 8:15 from pier 4. Dogs travel free of charge. '.repeat(8));
  await expect(page.getByText('Pasted text')).toBeVisible();
  await expect(field(page)).toHaveValue('');
  await field(page).press('3');
  await expect(page.getByRole('heading', { name: 'Shorten' })).toBeVisible();
  await expect(wordsOf(answer(page))).not.toBeEmpty({ timeout: 60_000 });
  // A small model may repeat itself for long.
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await finished(page);
  await page.getByRole('button', { name: 'Take the text out' }).click();
  await expect(field(page)).toBeFocused();
  await paste(page, 'word '.repeat(5_000));
  await expect(page.getByText('Only the first 20,000 characters are used.')).toBeVisible();
  // A digit is a digit as soon as there is nothing to work on.
  await page.getByRole('button', { name: 'Take the text out' }).click();
  await field(page).press('2');
  await expect(field(page)).toHaveValue('2');
});

test('it has no accessibility violation, in light and dark', async ({ quickAsk: { page } }) => {
  await expectNoViolations(page, 'empty');
  await paste(page, 'Dogs travel free of charge. '.repeat(20));
  await expectNoViolations(page, 'with a text');
  await ask(page, 'What do dogs pay?');
  await finished(page);
  await expectNoViolations(page, 'with an answer');
});

test.describe('without a model', () => {
  test.use({ models: 'none' });

  test('it says so, and leads to the models', async ({ quickAsk: { page }, app }) => {
    await ask(page, 'Why is the sky blue?');
    await expect(page.getByRole('alert')).toContainText('There is no model yet');
    await page.getByRole('button', { name: 'Open Models' }).first().click();
    await expect(app.page.getByRole('heading', { level: 1, name: 'Models' })).toBeVisible();
  });
});
