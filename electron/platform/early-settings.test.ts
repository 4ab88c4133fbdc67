import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { earlySettingsSchema } from '../shared/settings.ts';
import { readEarlySettings, writeEarlySettings } from './early-settings.ts';

const defaults = earlySettingsSchema.parse({});
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-early-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('early settings', () => {
  it('are the defaults before anything was written, and make no file', async () => {
    expect(await readEarlySettings(join(folder, 'missing'))).toEqual(defaults);
    expect(await readdir(folder)).toEqual([]);
  });

  it('come back as they were written, over an earlier version, leaving one file', async () => {
    const data = join(folder, 'new');
    await writeEarlySettings(data, { ...defaults, theme: 'light' });
    await writeEarlySettings(data, { ...defaults, theme: 'dark', language: 'de' });
    expect(await readEarlySettings(data)).toEqual({ ...defaults, theme: 'dark', language: 'de' });
    expect(await readdir(data)).toEqual(['early-settings.json']);
  });

  it.each(['', '{"theme":', '{"theme":"plaid"}', '[]', '\u0000\u0001'])(
    'are the defaults when the file holds %j, which is kept beside',
    async (text) => {
      await writeFile(join(folder, 'early-settings.json'), text);
      expect(await readEarlySettings(folder)).toEqual(defaults);
      expect(await readdir(folder)).toEqual(['early-settings.json.damaged']);
      expect(await readFile(join(folder, 'early-settings.json.damaged'), 'utf8')).toBe(text);
    },
  );

  it('leaves no partial file when writing fails', async () => {
    // A folder in the place of the file makes the last step fail on every system.
    await writeEarlySettings(join(folder, 'early-settings.json'), defaults);
    await expect(writeEarlySettings(folder, defaults)).rejects.toBeInstanceOf(Error);
    expect(await readdir(folder)).toEqual(['early-settings.json']);
  });
});
