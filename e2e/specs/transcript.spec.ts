import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { expectNoViolations } from '../app/accessibility.ts';
import { createGalleryAccess } from '../screenshots/gallery-access.ts';
import { forkedChat, streamedChat, thousandChat, thousandIds } from '../screenshots/gallery-chats.ts';
import { conversations } from '../screenshots/gallery-content.ts';
import { serveGallery } from '../screenshots/gallery-server.ts';
import { createGalleryServices } from '../screenshots/gallery-services.ts';
import { composer } from '../app/window.ts';

const renderer = process.env['SOTTO_RENDERER_DIR'] ?? join(import.meta.dirname, '../../out/renderer');

/** The built window over services that hold chats no small model could write in a test's time. */
const test = base.extend<{ readonly gallery: string }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from the pattern
  gallery: async ({}, use) => {
    const services = createGalleryServices('full', { language: 'en' });
    const { url, close } = await serveGallery(renderer, services, createGalleryAccess('kept', { state: 'available' }));
    await use(url);
    close();
  },
});

const messages = (page: Page) => page.locator('[data-message]');
const column = (page: Page) => page.getByRole('region', { name: 'Messages' });
const item = (page: Page, index: number) => page.locator(`[data-message="${thousandIds[index]}"]`);

async function openThousand(page: Page, gallery: string, query = ''): Promise<void> {
  await page.goto(`${gallery}#/chats/${thousandChat.id}${query}`);
  await expect(messages(page).first()).toBeAttached();
}

test('draws what is in sight of a thousand messages, and begins at the last one', async ({ page, gallery }) => {
  await openThousand(page, gallery);
  await expect(item(page, 999)).toBeInViewport();
  expect(await messages(page).count()).toBeLessThan(40);
  await expect(item(page, 999)).toHaveAttribute('aria-posinset', '1000');
  await expect(item(page, 999)).toHaveAttribute('aria-setsize', '1000');
  await column(page).evaluate((frame) => frame.scrollTo(0, 0));
  await expect(item(page, 0)).toBeInViewport();
  expect(await messages(page).count()).toBeLessThan(40);
  await page.getByRole('button', { name: 'To the end' }).click();
  await expect(item(page, 999)).toBeInViewport();
});

test('goes to the message that the address names, and from there on with the keyboard', async ({ page, gallery }) => {
  await openThousand(page, gallery, `?message=${thousandIds[421]}`);
  await expect(item(page, 421)).toBeFocused();
  await expect(item(page, 421)).toBeInViewport();
  await page.keyboard.press('j');
  await expect(item(page, 422)).toBeFocused();
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('k');
  await expect(item(page, 420)).toBeFocused();
  await expect(item(page, 420)).toBeInViewport();
});

test('keeps the focus and the selection of messages that are scrolled out of sight', async ({ page, gallery }) => {
  // Catches the recycled item that takes both with it.
  await openThousand(page, gallery);
  await item(page, 997).focus();
  await item(page, 995).evaluate((element) => {
    const words = element.querySelector('[data-words]');
    if (words !== null) document.getSelection()?.selectAllChildren(words);
  });
  await column(page).evaluate((frame) => frame.scrollTo(0, 0));
  await expect(item(page, 0)).toBeInViewport();
  await expect(item(page, 997)).toBeFocused();
  expect(await page.evaluate(() => document.getSelection()?.toString())).toContain('Answer 995.');
});

test('finds words in the chat, and gives the focus back', async ({ page, gallery }) => {
  await openThousand(page, gallery);
  await composer(page).focus();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('part 98');
  await expect(page.getByRole('search').getByRole('status')).toHaveText(/^\d+ of \d+$/);
  await page.keyboard.press('Shift+Enter');
  const marked = () => page.evaluate(() => CSS.highlights.get('find-current')?.size ?? 0);
  await expect.poll(marked).toBeGreaterThan(0);
  await page.keyboard.press('Escape');
  await expect(composer(page)).toBeFocused();
  expect(await page.evaluate(() => CSS.highlights.size)).toBe(0);
});

test('keeps the end in sight while three thousand lines stream, and a selection as it is', async ({
  page,
  gallery,
}) => {
  await page.goto(`${gallery}#/chats/${streamedChat.id}`);
  await expect(page.getByRole('heading', { name: 'Part 3', exact: true })).toBeAttached();
  await page.evaluate(() => {
    const heading = document.querySelector('.prose :is(h3, h4, h5)');
    if (heading !== null) document.getSelection()?.selectAllChildren(heading);
  });
  await page.waitForFunction(() => document.querySelector('article[aria-busy="true"]') === null, null, {
    polling: 500,
    timeout: 90_000,
  });
  expect(await page.evaluate(() => document.getSelection()?.toString())).toBe('Part 1');
  const rest = () => column(page).evaluate((frame) => frame.scrollHeight - frame.scrollTop - frame.clientHeight);
  await expect.poll(rest).toBeLessThan(60);
});

test('shows branches as a tree, one beside another, and the way back', async ({ page, gallery }) => {
  await page.goto(`${gallery}#/chats/${forkedChat.id}`);
  await expect(messages(page)).toHaveCount(4);
  await page.getByRole('button', { name: 'Branches' }).click();
  const tree = page.getByRole('tree', { name: 'Branches' });
  await tree.getByRole('treeitem', { selected: true }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(tree.getByRole('treeitem', { name: /large and blue/ })).toBeFocused();
  await expectNoViolations(page, 'branches');
  await page.getByRole('button', { name: 'Compare with the shown one' }).click();
  const compared = page.getByRole('region', { name: 'Two branches compared' });
  await expect(compared.getByText('The sea is large and blue.')).toBeVisible();
  await expect(compared.getByText('Thought for 12 s')).toBeVisible();
  await expectNoViolations(page, 'comparison');
  await page.keyboard.press('Escape');
  await expect(compared).toHaveCount(0);
  await page.getByRole('button', { name: 'Previous version' }).first().click();
  await expect(page.getByText('The sea is large and blue.')).toBeVisible();
  await expect(messages(page)).toHaveCount(2);
});

test('takes a preset with the keyboard, lets messages wait, and says what is in the window', async ({
  page,
  gallery,
}) => {
  await page.goto(`${gallery}#/chats/${conversations.busy.id}`);
  await expect(page.getByText('Dear Ms Keller,').first()).toBeVisible();
  await page.keyboard.type('/min');
  const options = page.getByRole('listbox', { name: 'Presets' }).getByRole('option');
  await expect(options).toHaveCount(1);
  await expectNoViolations(page, 'presets');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'Preset of this message' })).toBeVisible();
  await page.keyboard.type('We agreed on Friday.');
  await page.keyboard.press('Enter');
  const waiting = page.getByRole('region', { name: 'Waiting messages' });
  await expect(waiting).toContainText('who does what: We agreed on Friday.');
  await waiting.getByRole('button', { name: 'Edit this message' }).click();
  await expect(composer(page)).toHaveValue(/We agreed on Friday\.$/);
  await page.getByRole('button', { name: /Context window/ }).click();
  await expect(page.getByText('Room for the answer')).toBeVisible();
  await expectNoViolations(page, 'context meter');
});

test('has room for everything in 480 pixels, in light and dark', async ({ page, gallery }) => {
  await page.setViewportSize({ width: 480, height: 640 });
  await page.goto(`${gallery}#/chats/${forkedChat.id}`);
  await expect(messages(page)).toHaveCount(4);
  await messages(page).last().hover();
  await expectNoViolations(page, 'chat');
  await page.getByRole('button', { name: 'Settings of this chat' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectNoViolations(page, 'settings of the chat');
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(480);
});
