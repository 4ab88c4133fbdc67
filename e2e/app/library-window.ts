import { realpathSync } from 'node:fs';
import { parse, relative, sep } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { goTo } from './window.ts';

/** The collection that is shown, with its files and its search. */
export const shownCollection = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
export const folderPicker = (page: Page): Locator => page.getByRole('dialog', { name: 'Add a folder' });
/** A page of a document as a picture. */
export const pagePicture = (page: Page, number: number): Locator =>
  page.getByRole('region', { name: `Picture of page ${number}` });
/** Where the picture is marked; hidden from screen readers, which are told the passage in words. */
export const highlights = (page: Page, number: number): Locator =>
  pagePicture(page, number).locator('[data-highlight]');

/** Makes an empty collection and stays on it. */
export async function makeCollection(page: Page, name: string): Promise<void> {
  await goTo(page, 'Documents');
  await page.getByRole('button', { name: 'New collection' }).click();
  const dialog = page.getByRole('dialog', { name: 'New collection' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
}

/** Goes to a folder as a person does who sees only names: up from the home folder to the top, then down again. */
export async function walkTo(page: Page, folder: string): Promise<void> {
  const real = realpathSync.native(folder);
  const picker = folderPicker(page);
  const here = picker.getByRole('navigation', { name: 'Where you are' }).locator('[aria-current=location]');
  const up = picker.getByRole('button', { name: 'Folder above' });
  await expect(here).not.toBeEmpty();
  while (await up.isVisible()) {
    const before = await here.textContent();
    await up.click();
    await expect(here).not.toHaveText(before ?? '');
  }
  for (const name of relative(parse(real).root, real).split(sep)) {
    await picker
      .getByRole('list', { name: /^Folders in / })
      .getByRole('button', { name, exact: true })
      .click();
    await expect(here).toHaveText(name);
  }
}

/** Adds a folder through the picker and waits until all of it is read. */
export async function addFolder(page: Page, folder: string, fileCount: number): Promise<void> {
  await page.getByRole('button', { name: 'Add folder' }).click();
  await walkTo(page, folder);
  await folderPicker(page)
    .getByRole('button', { name: /^Add “/ })
    .click();
  await expect(folderPicker(page)).toHaveCount(0);
  const files = page.getByRole('list', { name: /^Files of / }).getByRole('listitem');
  await expect(files).toHaveCount(fileCount, { timeout: 60_000 });
  await expect(files.filter({ hasText: /ready\b/ })).toHaveCount(fileCount, { timeout: 60_000 });
}

/** Whether one of the highlights of a page lies over the middle of a line; a share of the page's height from its top. */
export async function isMarkedAt(page: Page, number: number, share: number): Promise<boolean> {
  return await highlights(page, number).evaluateAll(
    (boxes, middle) =>
      boxes.some((box) => {
        const frame = box.parentElement?.getBoundingClientRect();
        const { top, bottom } = box.getBoundingClientRect();
        return (
          frame !== undefined && top < frame.top + middle * frame.height && bottom > frame.top + middle * frame.height
        );
      }),
    share,
  );
}
