import { expect, type Locator, type Page } from '@playwright/test';
import { goTo } from './window.ts';

/** A request before it leaves. */
export const preview = (page: Page): Locator =>
  page.getByRole('alertdialog', { name: 'This would leave your computer' });
/** What of it would leave, in the view that is chosen. */
export const shownRequest = (page: Page): Locator => preview(page).getByRole('tabpanel');
/** What left for an answer. */
export const sentLine = (answer: Locator): Locator => answer.getByLabel('What left for this answer');

const findSetting = async (page: Page, words: string): Promise<void> => {
  await goTo(page, 'Settings');
  await page.getByRole('searchbox', { name: 'Search settings' }).fill(words);
};

/** Turns large models on where the lock is still closed, by the one step that is offered. */
export async function turnOn(page: Page, mode: 'Ask' | 'Auto'): Promise<void> {
  await findSetting(page, 'Large models elsewhere');
  const modes = page.getByRole('group', { name: 'Large models elsewhere' });
  await modes.getByRole('button', { name: mode, exact: true }).click();
  const way = page.getByRole('button', { name: 'Open the way to large models' });
  await way.click();
  await expect(way).toHaveCount(0);
}

/** What a person types into the form for a large model. */
export type TypedRemote = {
  readonly where: 'Your own server' | 'Another service in the cloud';
  readonly name: string;
  readonly address: string;
  readonly key: string;
};

/** Types it into the form and adds it; the form closes when it was taken. */
export async function typeRemote(page: Page, { where, name, address, key }: TypedRemote): Promise<Locator> {
  await findSetting(page, 'Your large models');
  await page.getByRole('button', { name: 'Add a large model' }).click();
  const form = page.getByRole('dialog', { name: 'Add a large model' });
  await form.getByRole('combobox', { name: 'Where it is' }).selectOption(where);
  await form.getByLabel('Name', { exact: true }).fill(name);
  await form.getByLabel('Address', { exact: true }).fill(address);
  await form.getByLabel(/^Key/).fill(key);
  await form.getByRole('button', { name: 'Add it' }).click();
  return form;
}

/** The large model of this name among the settings. */
export const remoteCard = (page: Page, name: string): Locator =>
  page.getByRole('listitem').filter({ has: page.getByRole('button', { name: `Test ${name}` }) });

/** Adds one, and chooses the model `large` from its list. */
export async function addRemote(page: Page, typed: TypedRemote): Promise<Locator> {
  const form = await typeRemote(page, typed);
  await expect(form).toHaveCount(0);
  const card = remoteCard(page, typed.name);
  await card.getByRole('button', { name: 'Choose a model' }).click();
  await card.getByRole('button', { name: /^large/ }).click();
  await expect(card).toContainText('Model: large');
  return card;
}

/** Says where the next message is answered. */
export async function choosePlace(page: Page, place: 'On this computer' | 'Automatic' | 'Large model'): Promise<void> {
  await page.getByRole('button', { name: /^Where the next message is answered/ }).click();
  await page.getByRole('menuitem', { name: new RegExp(`^${place}`) }).click();
}
