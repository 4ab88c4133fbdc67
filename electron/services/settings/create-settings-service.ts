import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import { earlySettingsSchema } from '../../shared/settings.ts';
import type { EarlySettings, Settings, SettingsPatch } from '../../shared/settings.ts';
import type { SettingsRepository } from '../../storage/storage.ts';
import type { SettingsService } from './settings-service.ts';

/** What the service is made of. */
export type SettingsServiceOptions = {
  readonly repository: SettingsRepository;
  /** What an earlier session left outside the database; given when the database begins empty, and stored in it first. */
  readonly seed?: EarlySettings;
  /** Mirrors what is needed before the database is open; called when one of these changed. */
  readonly writeEarlySettings: (settings: EarlySettings) => Promise<void>;
  readonly logger: Logger;
};

/** Settings from memory after their first reading; updates are stored one after the other, in the order of their calls. */
export function createSettingsService(options: SettingsServiceOptions): SettingsService {
  const { repository, seed, writeEarlySettings, logger } = options;
  const listeners = new Set<(settings: Settings) => void>();
  let current: Settings | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };

  const read = async (): Promise<Settings> => {
    current ??= await (seed ? repository.update(seed) : repository.get());
    return current;
  };

  const mirror = async (settings: EarlySettings): Promise<void> => {
    try {
      await writeEarlySettings(settings);
    } catch (error) {
      // The database has the change; only the look of the next start may lag behind.
      logger.warn('early-settings-not-written', { code: AppError.from(error).code });
    }
  };

  const store = async (patch: SettingsPatch): Promise<Settings> => {
    const before = earlySettingsSchema.parse(await read());
    current = await repository.update(patch);
    const after = earlySettingsSchema.parse(current);
    if (JSON.stringify(before) !== JSON.stringify(after)) await mirror(after);
    return current;
  };

  return {
    get: async () => current ?? (await inTurn(read)),
    async update(patch) {
      const settings = await inTurn(() => store(patch));
      for (const listener of listeners) listener(settings);
      return settings;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
