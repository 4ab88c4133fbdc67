import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { buildPdf } from '../../electron/testing/build-pdf.ts';
import { dropFiles } from '../app/drop-files.ts';
import {
  addFolder,
  highlights,
  isMarkedAt,
  makeCollection,
  pagePicture,
  shownCollection,
} from '../app/library-window.ts';
import { logbook } from '../app/sample-documents.ts';
import { test } from '../app/sotto-test.ts';
import { finishedAnswer, goTo, newChat, send } from '../app/window.ts';

/** A report of three pages, written by another program than ours. */
const reportPath = join(import.meta.dirname, '../../electron/parsing/fixtures/pdf/report.pdf');

const parties = [
  'Lease agreement',
  '',
  'This agreement is made between Marta Lindqvist, the landlord, and Oskar Brandt, the tenant,',
  'for the flat on the third floor of Harbour Street 12. The flat has three rooms and a balcony.',
];
const notice = [
  'Notice and repairs',
  '',
  'The notice period is three months to the end of a quarter. Notice must be given in writing.',
  'Small repairs of up to 100 euros are paid by the tenant, all others by the landlord.',
];
const rentPage = 2;

const leaseWithRent = (rent: string): Uint8Array =>
  buildPdf([
    parties,
    [
      'Rent and deposit',
      '',
      `The monthly rent is ${rent} euros. It is due on the third working day of each month.`,
      'The tenant pays a deposit of three monthly rents, which the landlord keeps in an account of its own.',
    ],
    notice,
  ]);
/** The third line of a page of `buildPdf`, from the top of A4: the first base line lies at 72 of 842 points, lines are 16 apart. */
const rentLineShare = (72 + 2 * 16 - 4) / 842;

/** Replaces a file as editors do, so that nobody ever reads half of it. */
function replaceFile(path: string, content: Uint8Array | string): void {
  writeFileSync(`${path}.new`, content);
  renameSync(`${path}.new`, path);
}

function makeContracts(folder: string, rent: string): string {
  const contracts = join(folder, 'Contracts');
  mkdirSync(join(contracts, 'island'), { recursive: true });
  writeFileSync(join(contracts, 'lease.pdf'), leaseWithRent(rent));
  writeFileSync(join(contracts, 'island', 'logbook.md'), logbook);
  return contracts;
}

async function askCollection(page: Page, question: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await send(page, question);
  return await finishedAnswer(page);
}

async function openCollection(page: Page, name: string): Promise<void> {
  await goTo(page, 'Documents');
  await page
    .getByRole('navigation', { name: 'Collections and documents' })
    .getByRole('link', { name: new RegExp(`^${name}`) })
    .click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
}

test('a dropped PDF is summarised, and a statement opens the picture of its page', async ({ app: { page } }) => {
  await dropFiles(page, [reportPath], 'Summarise');
  await expect(page.getByRole('heading', { name: 'report.pdf', level: 1 })).toBeVisible();
  await expect(page.getByText('100% of the text')).toBeVisible({ timeout: 100_000 });

  const chip = page
    .getByRole('region', { name: 'Summary', exact: true })
    .getByRole('button', { name: /^Show passage \d+: p\. \d+/ })
    .first();
  const number = Number(/p\. (\d+)/.exec((await chip.getAttribute('aria-label')) ?? '')?.[1]);
  await chip.click();
  const picture = pagePicture(page, number).getByRole('img');
  // Catches an address that the content security policy refuses: the frame is there, the picture in it is not.
  await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
  await expect(highlights(page, number).first()).toBeInViewport();
});

test('a folder answers with the page, and says what it does not say', async ({ app: { page }, folder }) => {
  await makeCollection(page, 'Contracts');
  await addFolder(page, makeContracts(folder, '1,450'), 2);

  const answer = await askCollection(page, 'How much is the monthly rent?');
  await expect(answer).toContainText('1,450');
  await answer
    .getByRole('button', { name: `Show passage 1: lease.pdf, p. ${rentPage}` })
    .first()
    .click();
  await expect(
    page.getByRole('spinbutton', { name: 'Go to page' }).or(pagePicture(page, rentPage)).first(),
  ).toBeVisible();
  await expect(highlights(page, rentPage).first()).toBeInViewport();
  // Catches highlights that are turned upside down or drawn in another scale than the picture.
  expect(await isMarkedAt(page, rentPage, rentLineShare)).toBe(true);

  await send(page, 'Which football club won the championship in 1998?');
  const withheld = await finishedAnswer(page);
  await expect(withheld).toContainText('Your documents do not say.');
  await expect(withheld).toContainText('The closest passages:');
});

test('an answer follows the file that it comes from', async ({ app: { page }, folder }) => {
  const contracts = makeContracts(folder, '1,450');
  await makeCollection(page, 'Contracts');
  await addFolder(page, contracts, 2);
  await expect(await askCollection(page, 'How much is the monthly rent?')).toContainText('1,450');

  replaceFile(join(contracts, 'lease.pdf'), leaseWithRent('1,725'));
  await openCollection(page, 'Contracts');
  const search = page.getByRole('searchbox', { name: 'Search in these documents' });
  await expect(async () => {
    await search.fill('');
    await search.fill('monthly rent');
    await expect(shownCollection(page, 'Contracts').getByRole('region', { name: 'Passages' })).toContainText('1,725');
  }).toPass({ timeout: 60_000 });

  const answer = await askCollection(page, 'How much is the monthly rent?');
  await expect(answer).toContainText('1,725');
  await expect(answer).not.toContainText('1,450');
  await answer
    .getByRole('button', { name: `Show passage 1: lease.pdf, p. ${rentPage}` })
    .first()
    .click();
  await expect(highlights(page, rentPage).first()).toBeInViewport();
});

test('a new chat asks a collection, whose folder can be taken out and put back', async ({ app: { page }, folder }) => {
  await makeCollection(page, 'Contracts');
  await addFolder(page, makeContracts(folder, '1,450'), 2);
  const files = page.getByRole('list', { name: /^Files of / }).getByRole('listitem');

  // Beside an open page the passages keep their line: some 44 letters at least.
  await page.getByRole('searchbox', { name: 'Search in these documents' }).fill('monthly rent');
  const passages = shownCollection(page, 'Contracts').getByRole('region', { name: 'Passages' });
  await passages.getByRole('button').first().click();
  await expect(pagePicture(page, rentPage)).toBeVisible();
  const letters = await passages.evaluate(
    (element) => element.getBoundingClientRect().width / Number.parseFloat(getComputedStyle(element).fontSize) / 0.62,
  );
  expect(letters).toBeGreaterThan(44);
  await page.getByRole('searchbox', { name: 'Search in these documents' }).fill('');

  await page.getByRole('button', { name: /^Folder or file / }).click();
  await page.getByRole('menuitem', { name: 'Take out of the collection' }).click();
  await expect(files).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(files.filter({ hasText: /ready\b/ })).toHaveCount(2);

  await newChat(page);
  await page.getByRole('button', { name: 'Attach a document' }).click();
  await page.getByRole('menuitem', { name: 'Collection Contracts' }).click();
  await expect(page.getByRole('list', { name: 'Collections' }).getByRole('link', { name: 'Contracts' })).toBeVisible();
  await send(page, 'How much is the monthly rent?');
  await expect(await finishedAnswer(page)).toContainText('1,450');
});
