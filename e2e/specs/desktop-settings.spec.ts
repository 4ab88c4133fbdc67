// What the desktop does around the windows, as it is set: the host has none of it, and says so.
import { expect, type Page } from '@playwright/test';
import type { Desk } from '../electron-double/desk.ts';
import { test } from '../app/sotto-test.ts';
import type { SottoApp } from '../app/sotto-app.ts';
import { endFirstStart, goTo } from '../app/window.ts';

const shortcutStatus = (page: Page) =>
  page.getByRole('status').filter({ hasText: /every program|Another program|no keys|Press the new keys/ });

async function openShortcuts(page: Page): Promise<void> {
  await endFirstStart(page);
  await goTo(page, 'Settings');
  await page.getByRole('navigation', { name: 'Groups of settings' }).getByRole('link', { name: 'Shortcuts' }).click();
}

/** Another program takes keys, or gives them back. */
async function takeShortcut({ application }: SottoApp, accelerator: string, isTaken: boolean): Promise<void> {
  await application?.evaluate(
    (_, [keys, taken]) => {
      // Where the double has put it; the function runs there and knows no import.
      const desk = Reflect.get(globalThis, Symbol.for('electron-double.desk')) as Pick<Desk, 'takeShortcut'>;
      desk.takeShortcut(keys, taken);
    },
    [accelerator, isTaken] as const,
  );
}

test('says behind the host that only the desktop app has what it lists', async ({ app: { page }, door }) => {
  test.skip(door !== 'host');
  await openShortcuts(page);
  await expect(page.getByText('Only the desktop app can listen for keys in every program.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Change keys' })).toHaveCount(0);
  await expect(page.getByRole('switch', { name: 'Start with the computer' })).toBeDisabled();
  await expect(page.getByRole('switch', { name: 'Lock with the screen' })).toBeDisabled();
});

test('records keys, says which are taken, and keeps what works', async ({ app, door }) => {
  test.skip(door !== 'double', 'Another program takes the keys: the double can play it.');
  const { page } = app;
  await openShortcuts(page);
  await expect(shortcutStatus(page)).toHaveText('Works in every program.');
  await takeShortcut(app, 'Control+Shift+K', true);

  await page.getByRole('button', { name: 'Change keys' }).click();
  await page.keyboard.press('Control+c');
  await expect(page.getByText('The system or every program needs these keys. Choose others.')).toBeVisible();
  await page.keyboard.press('Control+Shift+K');
  await expect(shortcutStatus(page)).toHaveText(/^Another program has these keys/);

  await page.getByRole('button', { name: 'Change keys' }).click();
  await page.keyboard.press('Control+Shift+J');
  await expect(page.getByText('Ctrl+Shift+J')).toBeVisible();
  await expect(shortcutStatus(page)).toHaveText('Works in every program.');

  await page.getByRole('button', { name: 'Turn off' }).click();
  await expect(shortcutStatus(page)).toHaveText(/^There are no keys/);
});

test('has the shortcut of the settings again after the next start', async ({ app, start, door }) => {
  // Catches a session that keeps nothing and forgets the keys with the chats.
  test.skip(door !== 'double');
  await openShortcuts(app.page);
  await app.page.getByRole('button', { name: 'Change keys' }).click();
  await app.page.keyboard.press('Control+Shift+J');
  await expect(shortcutStatus(app.page)).toHaveText('Works in every program.');
  await app.close();
  const { page } = await start();
  await goTo(page, 'Settings');
  await expect(page.getByText('Ctrl+Shift+J')).toBeVisible();
  await expect(shortcutStatus(page)).toHaveText('Works in every program.');
});
