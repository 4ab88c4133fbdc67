// Tray, menus, links and places around the one main window; the double has a desk where a spec chooses and unplugs.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type ElectronApplication } from '@playwright/test';
import { atDesk } from '../app/desk.ts';
import { launchElectron, startAgain } from '../app/electron-app.ts';
import { lease } from '../app/sample-documents.ts';
import type { SottoApp } from '../app/sotto-app.ts';
import { test } from '../app/sotto-test.ts';
import { choosePassphrase, composer } from '../app/window.ts';

/** The process behind the windows; these specs do not run where there is none. */
function behind({ application }: SottoApp): ElectronApplication {
  if (application === null) throw new Error('There is no Electron behind this door');
  return application;
}

/** The main window as Electron has it. */
async function mainWindow(application: ElectronApplication) {
  return await application.evaluate(({ BrowserWindow }) => {
    // Quick-ask floats above the others.
    const main = BrowserWindow.getAllWindows().find((window) => !window.isAlwaysOnTop());
    return main === undefined
      ? null
      : { isVisible: main.isVisible(), isMinimized: main.isMinimized(), bounds: main.getBounds() };
  });
}

/** As its button does. */
async function closeMainWindow(application: ElectronApplication): Promise<void> {
  await application.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()
      .find((window) => !window.isAlwaysOnTop())
      ?.close();
  });
}

test('the menu of the application shows pages and begins a chat', async ({ app }) => {
  const application = behind(app);
  const choose = async (id: string) =>
    await application.evaluate(({ Menu }, name) => void Menu.getApplicationMenu()?.getMenuItemById(name)?.click(), id);
  await choose('page-models');
  await expect(app.page.getByRole('heading', { name: 'Models', exact: true }).first()).toBeVisible();
  await choose('settings');
  await expect(app.page.getByRole('heading', { name: 'Settings', exact: true }).first()).toBeVisible();
  await choose('new-chat');
  await expect(composer(app.page)).toBeFocused();
});

test('a link only fills the field, and one that is not understood is told', async ({
  door,
  start,
  dataFolder,
  modelFolder,
}) => {
  test.skip(door === 'host');
  const app = await start({ arguments: ['sotto://ask?text=What%20is%20a%20pangram%3F'] });
  await expect(composer(app.page)).toHaveValue('What is a pangram?');

  const again = async (...given: readonly string[]) =>
    await startAgain(door === 'electron' ? door : 'double', { dataFolder, modelFolder, arguments: given }, dataFolder);
  await again('sotto://ask@evil.example?text=x');
  await expect(app.page.getByText('Sotto was called with a link that it does not know').first()).toBeVisible();
  await again(`sotto://ask?text=${'a'.repeat(100_000)}`, '--lang=de');
  await expect(app.page.getByText('Sotto was called with a text that is too long').first()).toBeVisible();
  // Nothing was sent by any of them.
  await expect(composer(app.page)).toHaveValue('What is a pangram?');
  await expect(app.page.getByRole('button', { name: 'Stop' })).toHaveCount(0);
});

test('a second start offers the files of its own folder', async ({ door, app, folder, dataFolder, modelFolder }) => {
  const letters = join(folder, 'Letters');
  mkdirSync(letters);
  writeFileSync(join(letters, 'lease.txt'), lease);
  const options = { dataFolder, modelFolder, arguments: ['lease.txt', 'https://example.com/x'] };
  await startAgain(door === 'electron' ? door : 'double', options, letters);
  await expect(app.page.getByText('lease.txt').first()).toBeVisible();
});

test('the window comes back where it was, and into sight when its display is gone', async ({ start, dataFolder }) => {
  const first = await start();
  const bounds = { x: 60, y: 70, width: 900, height: 640 };
  await behind(first).evaluate(({ BrowserWindow }, wanted) => {
    const main = BrowserWindow.getAllWindows().find((window) => !window.isAlwaysOnTop());
    main?.setBounds(wanted);
  }, bounds);
  await first.close();
  const file = join(dataFolder, 'window-state.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ bounds });

  const second = await start();
  expect((await mainWindow(behind(second)))?.bounds).toEqual(bounds);
  await second.close();

  writeFileSync(file, JSON.stringify({ bounds: { ...bounds, x: 90_000 }, isMaximized: false, isFullScreen: false }));
  const third = await start();
  const displays = await behind(third).evaluate(({ screen }) =>
    screen.getAllDisplays().map(({ workArea }) => workArea),
  );
  const place = (await mainWindow(behind(third)))?.bounds ?? { x: 0, width: 0 };
  expect(displays.some(({ x, width }) => place.x >= x && place.x + place.width <= x + width)).toBe(true);
  await third.close();

  writeFileSync(file, '{"bounds":');
  const fourth = await start();
  expect((await mainWindow(behind(fourth)))?.isVisible).toBe(true);
});

test('a window that filled its display fills it again, with its own place behind', async ({ start, door }) => {
  test.skip(door !== 'double', 'A headless desktop of the system may have no manager of windows');
  const bounds = { x: 60, y: 70, width: 900, height: 640 };
  const first = await start();
  await behind(first).evaluate(({ BrowserWindow }, wanted) => {
    const main = BrowserWindow.getAllWindows().find((window) => !window.isAlwaysOnTop());
    main?.setBounds(wanted);
    main?.maximize();
  }, bounds);
  await first.close();
  const second = await start();
  const seen = await behind(second).evaluate(({ BrowserWindow, screen }) => {
    const main = BrowserWindow.getAllWindows().find((window) => !window.isAlwaysOnTop());
    const isWhole = JSON.stringify(main?.getBounds()) === JSON.stringify(screen.getPrimaryDisplay().workArea);
    main?.unmaximize();
    return { isWhole, bounds: main?.getBounds() };
  });
  expect(seen).toEqual({ isWhole: true, bounds });
});

test('the tray begins a chat, shows settings and quits', async ({ door, app }) => {
  test.skip(door !== 'double', 'Only the double has a tray that a spec can open');
  const application = behind(app);
  await atDesk(application, 'chooseInTray', 'settings');
  await expect(app.page.getByRole('heading', { name: 'Settings', exact: true }).first()).toBeVisible();
  await atDesk(application, 'chooseInTray', 'new-chat');
  await expect(composer(app.page)).toBeFocused();
  expect(await atDesk(application, 'trayToolTip')).toMatch(/^Sotto · /);
  const ended = application.waitForEvent('close');
  await atDesk(application, 'chooseInTray', 'quit');
  await ended;
});

test('a session starts the app without its window, and a second start brings it', async ({
  door,
  dataFolder,
  modelFolder,
}) => {
  test.skip(door !== 'double', 'Only the double surely has a tray');
  const options = { dataFolder, modelFolder };
  const application = await launchElectron('double', { ...options, arguments: ['--hidden'] });
  try {
    await application.firstWindow();
    expect(await mainWindow(application)).toBeNull();
    await startAgain('double', options, dataFolder);
    await expect.poll(async () => (await mainWindow(application))?.isVisible).toBe(true);
  } finally {
    await application.close();
  }
});

test('without a tray a hidden start is a button of the taskbar, and closing quits', async ({
  door,
  dataFolder,
  modelFolder,
}) => {
  test.skip(door !== 'double', 'Only the double can refuse a tray');
  const application = await launchElectron('double', {
    dataFolder,
    modelFolder,
    arguments: ['--hidden'],
    environment: { ELECTRON_DOUBLE_NO_TRAY: '1' },
  });
  await expect.poll(async () => (await mainWindow(application))?.isMinimized).toBe(true);
  const ended = application.waitForEvent('close');
  await closeMainWindow(application);
  await ended;
});

test('closing leaves it in the tray when a person chose so, and the tray brings it back', async ({ door, app }) => {
  test.skip(door !== 'double', 'Only the double surely has a tray');
  const application = behind(app);
  await atDesk(application, 'chooseInTray', 'settings');
  await app.page.getByRole('switch', { name: 'Go on in the tray' }).click();
  await expect(app.page.getByRole('switch', { name: 'Go on in the tray' })).toBeChecked();
  await closeMainWindow(application);
  await expect.poll(async () => (await mainWindow(application))?.isVisible).toBe(false);
  await atDesk(application, 'clickTray');
  expect((await mainWindow(application))?.isVisible).toBe(true);
});

test('the app locks with the screen when a person chose so', async ({ door, app }) => {
  test.skip(door !== 'double', 'Only the double has a screen to lock');
  const application = behind(app);
  await choosePassphrase(app.page, 'a passphrase of several words');
  await atDesk(application, 'emitPower', 'lock-screen');
  await atDesk(application, 'chooseInTray', 'settings');
  await app.page.getByRole('switch', { name: 'Lock with the screen' }).click();
  await expect(app.page.getByRole('switch', { name: 'Lock with the screen' })).toBeChecked();
  await atDesk(application, 'emitPower', 'lock-screen');
  await expect(app.page.getByRole('button', { name: 'Unlock' })).toBeVisible();
  await expect.poll(async () => (await atDesk(application, 'trayLabels'))[0]).toBe('Locked');
});

test('a field has a menu of its own', async ({ door, app }) => {
  test.skip(door !== 'double', 'A native menu cannot be read');
  await composer(app.page).fill('Hello');
  await behind(app).evaluate(({ BrowserWindow }) => {
    const main = BrowserWindow.getAllWindows().find((window) => !window.isAlwaysOnTop());
    const editFlags = { canUndo: true, canCut: false, canCopy: false, canPaste: true, canSelectAll: true };
    const clicked = { isEditable: true, editFlags, selectionText: '', misspelledWord: '', dictionarySuggestions: [] };
    main?.webContents.emit('context-menu', {}, clicked);
  });
  expect(await atDesk(behind(app), 'popupLabels')).toEqual(['Undo', 'Cut', 'Copy', 'Paste', 'Select all']);
});
