// A desktop that refuses: the app says so where a person looks for it, and goes on.
import { expect, type ElectronApplication } from '@playwright/test';
import { atDesk } from '../app/desk.ts';
import type { SottoApp } from '../app/sotto-app.ts';
import { test } from '../app/sotto-test.ts';
import { composer, goTo } from '../app/window.ts';

test.beforeEach(({ door }) => test.skip(door !== 'double', 'Only the double can be told to refuse'));

const display = { id: 1, bounds: { x: 0, y: 0, width: 1_280, height: 720 }, scaleFactor: 1.25 };

function behind({ application }: SottoApp): ElectronApplication {
  if (application === null) throw new Error('There is no Electron behind this door');
  return application;
}

const isRegistered = async (application: ElectronApplication, keys: string): Promise<boolean> =>
  await application.evaluate(({ globalShortcut }, accelerator) => globalShortcut.isRegistered(accelerator), keys);

/** The window of quick-ask, which floats above the others. */
const quickAsk = async (application: ElectronApplication) =>
  await application.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find((one) => one.isAlwaysOnTop());
    return window === undefined ? null : { isVisible: window.isVisible(), bounds: window.getBounds() };
  });

test('without notifications the setting says so', async ({ start }) => {
  const { page } = await start({ environment: { ELECTRON_DOUBLE_NO_NOTIFICATIONS: '1' } });
  await goTo(page, 'Settings');
  await expect(page.getByText('This system shows no notifications of Sotto.')).toBeVisible();
});

test('on Wayland keys that are refused are not blamed on another program', async ({ start }) => {
  test.skip(process.platform !== 'linux', 'Only Linux has Wayland');
  // No bus, so that the desktop of the machine is not asked.
  const environment = { XDG_SESSION_TYPE: 'wayland', DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' };
  const app = await start({ environment });
  await atDesk(behind(app), 'takeShortcut', 'Control+Shift+K', true);
  const { page } = app;
  await goTo(page, 'Settings');
  await page.getByRole('navigation', { name: 'Groups of settings' }).getByRole('link', { name: 'Shortcuts' }).click();
  await page.getByRole('button', { name: 'Change keys' }).click();
  await page.keyboard.press('Control+Shift+K');
  await expect(page.getByText('Your desktop lets no program listen for keys.')).toBeVisible();
});

test('without any display the app goes on, and comes into sight with the next one', async ({ app }) => {
  const application = behind(app);
  await expect.poll(() => isRegistered(application, 'Alt+Space')).toBe(true);
  await expect.poll(async () => (await quickAsk(application)) !== null).toBe(true);
  await atDesk(application, 'setDisplays', []);
  await atDesk(application, 'pressShortcut', 'Alt+Space');
  await atDesk(application, 'setDisplays', [display]);
  await atDesk(application, 'setCursor', { x: 100, y: 100 });
  if ((await quickAsk(application))?.isVisible !== true) await atDesk(application, 'pressShortcut', 'Alt+Space');
  const place = (await quickAsk(application))?.bounds ?? { x: -1, y: -1, width: 0, height: 0 };
  expect(place.x).toBeGreaterThanOrEqual(0);
  expect(place.x + place.width).toBeLessThanOrEqual(display.bounds.width);
  expect(place.y).toBeGreaterThanOrEqual(0);
  await composer(app.page).fill('Still here');
  await expect(composer(app.page)).toHaveValue('Still here');
});
