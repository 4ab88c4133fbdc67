import type { Page } from '@playwright/test';
import type { Scene } from './scene.ts';

const path = '/quick-ask';

const type = (page: Page): Promise<void> => page.locator('textarea').fill('How long is the notice period?');

const takeSelection = (page: Page): Promise<void> =>
  page.getByRole('button', { name: /Add the selected text|Markierten Text hinzufügen/ }).click();

async function ask(page: Page): Promise<void> {
  await type(page);
  await page.keyboard.press('Enter');
}

async function useKey(page: Page): Promise<void> {
  await takeSelection(page);
  await page.keyboard.press('3');
}

/** Quick-ask in every state. */
export const quickAskScenes: readonly Scene[] = [
  { name: 'quick-ask', state: 'empty', path },
  { name: 'quick-ask-typed', state: 'empty', path, act: type },
  { name: 'quick-ask-context', state: 'empty', path, act: takeSelection },
  { name: 'quick-ask-answer', state: 'full', path, act: ask },
  { name: 'quick-ask-preset', state: 'full', path, act: useKey },
  { name: 'quick-ask-failed', state: 'online', path, act: ask },
  { name: 'quick-ask-no-model', state: 'first', path },
  { name: 'quick-ask-locked', state: 'empty', path, access: 'passphrase' },
];
