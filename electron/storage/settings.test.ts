import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settingsSchema } from '../shared/settings.ts';
import { openTestStorage } from '../testing/open-test-storage.ts';
import type { Storage } from './storage.ts';

let storage: Storage;
beforeEach(async () => {
  storage = await openTestStorage();
});
afterEach(() => storage.close());

describe('SettingsRepository', () => {
  it('begins with the defaults and keeps earlier changes when a patch names others', async () => {
    const defaults = settingsSchema.parse({});
    expect(await storage.settings.get()).toEqual(defaults);
    await storage.settings.update({ theme: 'dark' });
    expect(await storage.settings.update({ isOffline: false })).toEqual({
      ...defaults,
      theme: 'dark',
      isOffline: false,
    });
    expect(await storage.settings.get()).toEqual({ ...defaults, theme: 'dark', isOffline: false });
  });

  it('refuses a value out of range and keeps what was there', async () => {
    await expect(storage.settings.update({ temperature: 3 })).rejects.toMatchObject({ code: 'app/invalid-input' });
    expect(await storage.settings.get()).toEqual(settingsSchema.parse({}));
  });
});
