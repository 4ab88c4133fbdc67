// The window of quick-ask around its page: the double has a desk where keys are pressed and displays are unplugged.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type ElectronApplication, type Page } from '@playwright/test';
import { atDesk } from '../app/desk.ts';
import type { SottoApp } from '../app/sotto-app.ts';
import { test as base } from '../app/sotto-test.ts';
import { choosePassphrase, composer, endFirstStart, unlock } from '../app/window.ts';

type QuickAsk = { readonly application: ElectronApplication; readonly page: Page; readonly main: Page };

const passphrase = 'harbour lantern gravel teapot';
const laptop = { id: 1, bounds: { x: 0, y: 0, width: 1_440, height: 900 }, scaleFactor: 2 };
const large = { id: 2, bounds: { x: 1_440, y: -300, width: 2_560, height: 1_440 }, scaleFactor: 1.5 };

const test = base.extend<{ readonly quickAsk: QuickAsk }>({
  quickAsk: async ({ app, door }, use) => {
    test.skip(door !== 'double', 'Only the double has a desk at which keys can be pressed');
    await use(await openQuickAsk(app));
  },
});

/** Waits until the window is loaded behind the main one and the keys are registered. */
async function openQuickAsk({ application, page: main }: SottoApp): Promise<QuickAsk> {
  if (application === null) throw new Error('There is no Electron behind this door');
  await expect.poll(() => quickAskPages(application).length).toBe(1);
  const [page] = quickAskPages(application);
  if (page === undefined) throw new Error('The window has gone again');
  await page.getByRole('textbox').waitFor({ state: 'attached' });
  await expect
    .poll(() => application.evaluate(({ globalShortcut }) => globalShortcut.isRegistered('Alt+Space')))
    .toBe(true);
  return { application, page, main };
}

function quickAskPages(application: ElectronApplication): Page[] {
  return application.windows().filter((page) => page.url().includes('#/quick-ask'));
}

const press = async (application: ElectronApplication): Promise<boolean> =>
  await atDesk(application, 'pressShortcut', 'Alt+Space');

/** The windows of Electron by their pages. */
async function windows(application: ElectronApplication) {
  return await application.evaluate(({ BrowserWindow }) => {
    const all = BrowserWindow.getAllWindows().map((window) => ({
      isQuickAsk: window.webContents.getURL().includes('#/quick-ask'),
      id: window.id,
      isVisible: window.isVisible(),
      isFocused: window.isFocused(),
      isAbove: window.isAlwaysOnTop(),
      bounds: window.getBounds(),
    }));
    return { main: all.find((one) => !one.isQuickAsk), quickAsk: all.find((one) => one.isQuickAsk) };
  });
}

test('it waits hidden, comes with the keys and goes with Escape', async ({ quickAsk }) => {
  const { application, page } = quickAsk;
  expect(await windows(application)).toMatchObject({
    main: { isVisible: true, isFocused: true },
    quickAsk: { isVisible: false, isAbove: true },
  });
  await press(application);
  expect(await windows(application)).toMatchObject({ quickAsk: { isVisible: true, isFocused: true } });
  // Typed at once, before the page can have heard anything.
  await page.keyboard.type('Why is the sky blue?');
  await expect(page.getByRole('textbox')).toHaveValue('Why is the sky blue?');
  await page.keyboard.press('Escape');
  await expect.poll(async () => (await windows(application)).quickAsk?.isVisible).toBe(false);
  expect(await windows(application)).toMatchObject({ main: { isFocused: true } });

  // Nothing of the last question is there the next time.
  await press(application);
  await expect(page.getByRole('textbox')).toHaveValue('');
  await expect(page.getByRole('textbox')).toBeFocused();
  await press(application);
  expect(await windows(application)).toMatchObject({ quickAsk: { isVisible: false } });
});

test('it hides when another app comes to the front', async ({ quickAsk: { application } }) => {
  await press(application);
  await atDesk(application, 'focusElsewhere');
  expect(await windows(application)).toMatchObject({ quickAsk: { isVisible: false }, main: { isFocused: false } });
});

test('it takes what is selected elsewhere, and leaves the clipboard alone', async ({ quickAsk }) => {
  // On macOS the system's own program would press the keys for Copy in whatever is in front.
  test.skip(process.platform !== 'linux');
  const { application, page } = quickAsk;
  const readClipboard = async () => await application.evaluate(async ({ clipboard }) => await clipboard.readText());
  await application.evaluate(async ({ clipboard }) => await clipboard.writeText('A sentence from elsewhere.'));
  await atDesk(application, 'setSelection', 'What is selected there.');
  await press(application);
  await page.getByRole('button', { name: 'Add the selected text' }).click();
  await expect(page.getByText('What is selected there.')).toBeVisible();
  expect(await readClipboard()).toBe('A sentence from elsewhere.');
});

test('it follows the cursor between displays of different scale, and comes back when one is unplugged', async ({
  quickAsk: { application },
}) => {
  await atDesk(application, 'setDisplays', [laptop, large]);
  await atDesk(application, 'setCursor', { x: 3_000, y: -200 });
  await press(application);
  const there = (await windows(application)).quickAsk?.bounds;
  expect(there).toMatchObject({ x: 2_400, y: -12, width: 640 });
  await atDesk(application, 'setDisplays', [laptop]);
  const here = (await windows(application)).quickAsk?.bounds;
  expect(here).toMatchObject({ x: 400, y: 180, width: 640 });
});

test('it is made anew when its page crashes', async ({ quickAsk: { application, page } }) => {
  const before = (await windows(application)).quickAsk?.id;
  await press(application);
  await application.evaluate(({ BrowserWindow }) => {
    const own = BrowserWindow.getAllWindows().find((window) => window.webContents.getURL().includes('#/quick-ask'));
    own?.webContents.forcefullyCrashRenderer();
  });
  await expect.poll(async () => ((await windows(application)).quickAsk?.id ?? before) === before).toBe(false);
  await expect.poll(() => quickAskPages(application).filter((one) => one !== page).length).toBe(1);
  const [anew] = quickAskPages(application).filter((one) => one !== page);
  await expect(anew?.getByRole('textbox') ?? page.locator('nothing')).toBeFocused();
  expect(await windows(application)).toMatchObject({ quickAsk: { isVisible: true } });
});

test('while the chats are locked the keys bring the main window', async ({ quickAsk: { application, page, main } }) => {
  await choosePassphrase(main, passphrase);
  await endFirstStart(main);
  await application.evaluate(({ Menu }) => void Menu.getApplicationMenu()?.getMenuItemById('lock-now')?.click());
  await expect(main.getByRole('heading', { name: 'Your chats are locked' })).toBeVisible();
  await atDesk(application, 'focusElsewhere');
  await press(application);
  expect(await windows(application)).toMatchObject({ main: { isFocused: true }, quickAsk: { isVisible: false } });

  await unlock(main, passphrase);
  await composer(main).waitFor();
  await expect
    .poll(async () => {
      await press(application);
      return (await windows(application)).quickAsk?.isVisible;
    })
    .toBe(true);
  await page.keyboard.type('Again');
  await expect(page.getByRole('textbox')).toHaveValue('Again');
});

test('each time is told in the log, for the bench', async ({ quickAsk: { application }, dataFolder }) => {
  for (let time = 0; time < 10; time += 1) {
    await press(application);
    await atDesk(application, 'focusElsewhere');
  }
  const lines = readFileSync(join(dataFolder, 'sotto.log'), 'utf8').split('\n');
  const shown = lines.filter((line) => line.includes('quick-ask-shown'));
  expect(shown).toHaveLength(10);
  for (const line of shown) expect(line).toContain('"isWarm":true');
});

test('the window goes with the app, which its hidden presence does not keep', async ({ quickAsk: { application } }) => {
  const ended = application.waitForEvent('close');
  await application.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()
      .find((window) => !window.webContents.getURL().includes('#/quick-ask'))
      ?.close();
  });
  await ended;
});
