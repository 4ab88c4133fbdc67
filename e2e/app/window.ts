import { expect, type Locator, type Page } from '@playwright/test';

/** The words of the window as a person finds them; specs name nothing else of it. */
export const composer = (page: Page): Locator => page.getByRole('textbox', { name: 'Your message' });
export const stopButton = (page: Page): Locator => page.getByRole('button', { name: 'Stop', exact: true });
export const answers = (page: Page): Locator =>
  page.getByRole('article').filter({ has: page.getByRole('heading', { name: 'Sotto’s answer' }) });
/** The words of an answer, without its progress, notices and buttons. */
export const wordsOf = (answer: Locator): Locator => answer.locator('.prose');
export const evidence = (page: Page): Locator => page.getByRole('region', { name: 'Text of the document' });

/** Types a message and sends it with the keyboard. */
export async function send(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

/** The last answer, once it has ended. */
export async function finishedAnswer(page: Page): Promise<Locator> {
  const last = answers(page).last();
  await expect(last).toHaveAttribute('aria-busy', 'false', { timeout: 90_000 });
  return last;
}

/** Goes to a page of the side bar. */
export async function goTo(
  page: Page,
  name: 'Documents' | 'Summaries' | 'Models' | 'Privacy' | 'Settings',
): Promise<void> {
  await page.getByRole('link', { name, exact: true }).first().click();
}

/** Opens an empty chat from the side bar. */
export async function newChat(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'New chat' }).first().click();
  await expect(answers(page)).toHaveCount(0);
}
