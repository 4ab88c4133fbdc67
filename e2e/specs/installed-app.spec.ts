// Sotto as people install it: the double takes it for a release, which is its own executable and has no script.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { startAgain } from '../app/electron-app.ts';
import { lease } from '../app/sample-documents.ts';
import type { SottoApp, StartOptions } from '../app/sotto-app.ts';
import { test as base } from '../app/sotto-test.ts';
import { composer, goTo } from '../app/window.ts';

type Installed = {
  readonly configFolder: string;
  /** How an installed app is started. */
  readonly installed: Pick<StartOptions, 'environment'>;
};

const test = base.extend<Installed>({
  configFolder: async ({ folder }, use) => await use(join(folder, 'config')),
  // The session's own folder must not hear of a test.
  installed: async ({ configFolder }, use) =>
    await use({ environment: { ELECTRON_DOUBLE_PACKAGED: '1', XDG_CONFIG_HOME: configFolder } }),
});

test.beforeEach(({ door }) => test.skip(door !== 'double', 'Only the double can be told that it was installed'));

/** Everything that the menu of the application says. */
async function menuLabels({ application }: SottoApp): Promise<readonly string[]> {
  if (application === null) throw new Error('There is no Electron behind this door');
  return await application.evaluate(({ Menu }) => {
    const labels = (menu: Electron.Menu): string[] =>
      menu.items.flatMap(({ label, submenu }) => [label, ...(submenu ? labels(submenu) : [])]);
    const menu = Menu.getApplicationMenu();
    return menu === null ? [] : labels(menu);
  });
}

test('it does not start with a switch that lets others look in', async ({ installed, dataFolder, modelFolder }) => {
  for (const name of ['remote-debugging-port', 'proxy-server', 'disable-web-security']) {
    const given = { ...installed, dataFolder, modelFolder, arguments: [`--${name}=9222`] };
    const ended = await startAgain('double', given, dataFolder);
    expect(ended).toMatchObject({ status: 2 });
    expect(ended.problem).toContain(`--${name}`);
  }
});

test('its menu has no developer tools, which a checkout has', async ({ start, installed }) => {
  const checkout = await start();
  expect(await menuLabels(checkout)).toContain('Developer tools');
  await checkout.close();
  const release = await start(installed);
  expect(await menuLabels(release)).toContain('Quick-ask');
  expect(await menuLabels(release)).not.toContain('Developer tools');
});

test('it is opened with a file, and a second start with a link', async ({
  start,
  installed,
  folder,
  dataFolder,
  modelFolder,
}) => {
  // Catches arguments that are read as if a script still stood before them.
  writeFileSync(join(folder, 'lease.txt'), lease);
  const { page } = await start({ ...installed, arguments: [join(folder, 'lease.txt')] });
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('lease.txt')).toBeVisible();
  await page.keyboard.press('Escape');
  const link = { ...installed, dataFolder, modelFolder, arguments: ['sotto://ask?text=What%20now%3F'] };
  expect(await startAgain('double', link, dataFolder)).toMatchObject({ status: 0 });
  await expect(composer(page)).toHaveValue('What now?');
});

test('the session starts it, hidden, when a person chose so', async ({ start, installed, configFolder }) => {
  test.skip(process.platform !== 'linux', 'Elsewhere the system keeps the list');
  const entryPath = join(configFolder, 'autostart', 'sotto.desktop');
  const { page } = await start(installed);
  await goTo(page, 'Settings');
  const choice = page.getByRole('switch', { name: 'Start with the computer' });
  await expect(choice).not.toBeChecked();
  await choice.click();
  await expect(choice).toBeChecked();
  await expect.poll(() => existsSync(entryPath)).toBe(true);
  expect(readFileSync(entryPath, 'utf8')).toMatch(/^Exec="[^"]+" --hidden$/m);
  await choice.click();
  await expect.poll(() => existsSync(entryPath)).toBe(false);
});
