import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { earlySettingsSchema, settingsSchema } from '../../shared/settings.ts';
import type { EarlySettings, Settings } from '../../shared/settings.ts';
import type { Storage } from '../../storage/storage.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import { createRecordingLogger } from '../../testing/recording-logger.ts';
import { createSettingsService } from './create-settings-service.ts';
import type { SettingsServiceOptions } from './create-settings-service.ts';

let storage: Storage;
beforeEach(async () => {
  storage = await openTestStorage();
});
afterEach(() => storage.close());

function open(more: Partial<SettingsServiceOptions> = {}) {
  const mirrored: EarlySettings[] = [];
  const logger = createRecordingLogger();
  const writeEarlySettings = async (early: EarlySettings): Promise<void> => void mirrored.push(early);
  const settings = createSettingsService({ repository: storage.settings, writeEarlySettings, logger, ...more });
  return { settings, mirrored, logger };
}

describe('createSettingsService', () => {
  it('stores a change before it tells of it, and answers with the whole', async () => {
    const { settings } = open();
    const told: Settings[] = [];
    const stop = settings.onChange((next) => void told.push(next));
    const next = await settings.update({ temperature: 1 });
    expect(next).toEqual({ ...settingsSchema.parse({}), temperature: 1 });
    expect(told).toEqual([next]);
    expect(await storage.settings.get()).toEqual(next);
    expect(await settings.get()).toEqual(next);
    stop();
    await settings.update({ temperature: 0 });
    expect(told).toHaveLength(1);
  });

  it('mirrors only what is needed early, and only when that changed', async () => {
    const { settings, mirrored } = open();
    await settings.update({ isOffline: false, systemPrompt: 'private' });
    expect(mirrored).toEqual([]);
    await settings.update({ theme: 'dark' });
    await settings.update({ theme: 'dark' });
    expect(mirrored).toEqual([earlySettingsSchema.parse({ theme: 'dark' })]);
  });

  // Two quick clicks: if the first could be written after the second, the next start would show the wrong one.
  it('applies and mirrors overlapping changes in the order of their calls', async () => {
    const order: string[] = [];
    const { settings } = open({
      writeEarlySettings: async ({ theme }) => {
        if (theme === 'dark') await new Promise((resolve) => setTimeout(resolve, 20));
        order.push(theme);
      },
    });
    const updates = [settings.update({ theme: 'dark' }), settings.update({ theme: 'light' }), settings.get()];
    const [first, second, read] = await Promise.all(updates);
    expect(order).toEqual(['dark', 'light']);
    expect([first?.theme, second?.theme, read?.theme]).toEqual(['dark', 'light', 'light']);
  });

  it('keeps the change when the mirror cannot be written, and goes on after a refused one', async () => {
    const { settings, logger } = open({ writeEarlySettings: () => Promise.reject(new Error('read-only')) });
    expect((await settings.update({ language: 'de' })).language).toBe('de');
    expect(logger.lines).toMatchObject([{ level: 'warn', event: 'early-settings-not-written' }]);
    await expect(settings.update({ temperature: 9 })).rejects.toMatchObject({ code: 'app/invalid-input' });
    expect((await settings.get()).language).toBe('de');
  });

  it('begins an empty database with what an earlier session left', async () => {
    // A login item that the new database did not know of would be taken away by it.
    const seed = earlySettingsSchema.parse({
      language: 'de',
      theme: 'light',
      isFirstStartDone: true,
      quickAskShortcut: null,
      startsAtLogin: true,
    });
    const { settings, mirrored } = open({ seed });
    expect(await settings.get()).toMatchObject({ language: 'de', isOffline: true, isFirstStartDone: true });
    expect(await settings.get()).toMatchObject({ quickAskShortcut: null, startsAtLogin: true });
    await settings.update({ theme: 'dark' });
    expect(await storage.settings.get()).toMatchObject({ language: 'de', theme: 'dark' });
    expect(mirrored).toEqual([{ ...seed, theme: 'dark' }]);
  });
});
