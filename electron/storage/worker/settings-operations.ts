import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { settingsSchema } from '../../shared/settings.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Handlers, OperationsOf } from '../operations.ts';
import { jsonColumn, readOptionalRow } from './rows.ts';

const rowSchema = z.object({ value: jsonColumn(settingsSchema) });

/** The work behind the repository of settings. */
export function createSettingsOperations(database: Database): Handlers<OperationsOf<'settings'>> {
  const select = database.prepare('SELECT value FROM settings');
  const write = database.prepare('INSERT OR REPLACE INTO settings (one, value) VALUES (1, ?)');
  const get = (): Settings => readOptionalRow(rowSchema, select.get())?.value ?? settingsSchema.parse({});

  return {
    'settings.get': get,
    'settings.update': database.transaction((patch) => {
      const settings = settingsSchema.parse({ ...get(), ...patch });
      write.run(JSON.stringify(settings));
      return settings;
    }),
  };
}
