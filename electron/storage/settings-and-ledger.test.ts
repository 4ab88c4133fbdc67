import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createId, ledgerEntryIdSchema } from '../shared/ids.ts';
import type { LedgerEntry } from '../shared/ledger-entry.ts';
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

describe('LedgerRepository', () => {
  it('lists the newest first, with what became of each', async () => {
    const entry = (at: number): LedgerEntry => ({
      id: createId(ledgerEntryIdSchema),
      at,
      host: 'example.org',
      purpose: 'model-download',
      askedBy: 'models',
      outcome: 'pending',
      bytesSent: 0,
      bytesReceived: 0,
    });
    const [first, second, third] = [entry(1), entry(2), entry(3)];
    for (const one of [second, first, third]) await storage.ledger.insert(one);
    await storage.ledger.update(second.id, { outcome: 'completed', bytesReceived: 5_000_000_000 });
    expect(await storage.ledger.list(2)).toEqual([
      third,
      { ...second, outcome: 'completed', bytesReceived: 5_000_000_000 },
    ]);
  });
});
