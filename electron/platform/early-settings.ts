import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { earlySettingsSchema } from '../shared/settings.ts';
import type { EarlySettings } from '../shared/settings.ts';
import { replaceFile } from './replace-file.ts';

const fileName = 'early-settings.json';

function parse(text: string): EarlySettings | null {
  try {
    return earlySettingsSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/**
 * The settings that are needed before the database is unlocked. Defaults when there are none yet or they cannot be read; a
 * damaged file is kept beside as `early-settings.json.damaged`.
 */
export async function readEarlySettings(dataFolder: string): Promise<EarlySettings> {
  const path = join(dataFolder, fileName);
  const defaults = earlySettingsSchema.parse({});
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return defaults;
  const settings = parse(text);
  if (settings === null) await rename(path, `${path}.damaged`).catch(() => undefined);
  return settings ?? defaults;
}

/**
 * Replaces the file in one step, so that a crash leaves the old one or the new one. Makes the data folder when it is
 * missing; calls must not overlap, or the earlier one may win.
 */
export async function writeEarlySettings(dataFolder: string, settings: EarlySettings): Promise<void> {
  await replaceFile(join(dataFolder, fileName), `${JSON.stringify(settings, null, 2)}\n`);
}
