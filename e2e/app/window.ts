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

export const statusLine = (page: Page): Locator => page.getByRole('contentinfo');
export const conversationLink = (page: Page, title: string | RegExp): Locator =>
  page.getByRole('list', { name: /^(Chats|Archive)$/ }).getByRole('link', { name: title });
export const palette = (page: Page): Locator =>
  page.getByRole('combobox', { name: 'Find chats, messages and commands' });

/** Answers the questions of the first start with what they are. */
export async function endFirstStart(page: Page): Promise<void> {
  const firstSteps = page.getByRole('region', { name: 'First steps' });
  await firstSteps.getByRole('button', { name: 'Done' }).click();
  await expect(firstSteps).toHaveCount(0);
}

/** Chooses a passphrase where the ways to keep chats are shown. */
export async function choosePassphrase(page: Page, passphrase: string): Promise<void> {
  await page.getByRole('radio', { name: /opened by a passphrase/ }).click();
  await page.getByLabel('New passphrase').fill(passphrase);
  await page.getByLabel('The same again').fill(passphrase);
  await page.getByRole('button', { name: 'Keep with this passphrase' }).click();
  await expect(statusLine(page)).toContainText('Chats are kept, encrypted');
}

/** Types the passphrase into the page that is all there is while chats are locked. */
export async function unlock(page: Page, passphrase: string): Promise<void> {
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
}

/** Chooses from the menu of a conversation in the list; `path` leads through menus in it. */
export async function chooseInMenu(page: Page, title: string, ...path: readonly (string | RegExp)[]): Promise<void> {
  await conversationLink(page, title).hover();
  await page
    .getByRole('list', { name: /^(Chats|Archive)$/ })
    .getByRole('button', { name: `More for “${title}”` })
    .click();
  for (const name of path) await page.getByRole('menuitem', { name }).click();
}

/** Runs a command of the palette. */
export async function runCommand(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await palette(page).fill(name);
  await page.getByRole('option', { name }).first().click();
}
