import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Electron from 'electron';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLoginItem, isStartedBySession } from './login-item.ts';

let homeFolder: string;
beforeEach(async () => {
  homeFolder = await mkdtemp(join(tmpdir(), 'sotto-login-'));
});
afterEach(async () => {
  await rm(homeFolder, { recursive: true, force: true });
});

/** As Windows does it: an item is found again only with the arguments that it was set with. */
function createApp({ isPackaged = true, wasOpenedAtLogin = false } = {}) {
  const items = new Map<string, boolean>();
  const key = (args: readonly string[] = []): string => args.join(' ');
  return {
    isPackaged,
    setLoginItemSettings: ({ openAtLogin = false, args }: Electron.Settings) => void items.set(key(args), openAtLogin),
    getLoginItemSettings: ({ args }: Electron.LoginItemSettingsOptions = {}): Electron.LoginItemSettings => ({
      openAtLogin: items.get(key(args)) ?? false,
      wasOpenedAtLogin,
      status: 'enabled',
      executableWillLaunchAtLogin: false,
      launchItems: [],
    }),
  };
}

describe('login item', () => {
  it.each(['darwin', 'win32', 'linux'] as const)(
    'is on after it was set on %s, and off again',
    async (operatingSystem) => {
      const item = createLoginItem({ app: createApp(), operatingSystem, environment: {}, homeFolder });
      expect(await item.isOn()).toBe(false);
      await item.set(true);
      expect(await item.isOn()).toBe(true);
      await item.set(false);
      expect(await item.isOn()).toBe(false);
    },
  );

  // The mounted image is gone after a restart; the file that it was mounted from is not.
  it('starts the image that a person keeps, hidden', async () => {
    const environment = { APPIMAGE: '/home/ada/Sotto.AppImage', XDG_CONFIG_HOME: join(homeFolder, 'own') };
    await createLoginItem({ app: createApp(), operatingSystem: 'linux', environment, homeFolder }).set(true);
    const entry = await readFile(join(homeFolder, 'own', 'autostart', 'sotto.desktop'), 'utf8');
    expect(entry).toContain('Exec="/home/ada/Sotto.AppImage" --hidden');
  });

  it('is nothing that is known or changed in a checkout', async () => {
    const app = createApp({ isPackaged: false });
    const item = createLoginItem({ app, operatingSystem: 'linux', environment: {}, homeFolder });
    await item.set(true);
    expect(await item.isOn()).toBeNull();
  });
});

describe('isStartedBySession', () => {
  it.each([
    ['linux', true, false, true],
    ['win32', false, true, false],
    ['darwin', false, true, true],
    ['darwin', false, false, false],
  ] as const)('on %s, argument %s, word of the system %s: %s', (operatingSystem, hasArgument, wasOpenedAtLogin, is) => {
    expect(isStartedBySession(createApp({ wasOpenedAtLogin }), operatingSystem, hasArgument)).toBe(is);
  });
});
