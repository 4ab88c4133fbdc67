import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Platform } from '../platform/platform.ts';
import type { OpenChats } from '../services/access/open-chats.ts';
import { databasePath } from '../services/access/kept-files.ts';
import { AppError } from '../shared/app-error.ts';
import { databaseFiles, type DatabaseFiles } from '../storage/database-files.ts';
import type { DatabaseMaintenance } from '../storage/storage.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** A deletion can be undone for so long. */
const keptDeletionsMs = 30 * dayMs;

/** What the daily work needs. */
export type UpkeepOptions = {
  readonly platform: Pick<Platform, 'clock' | 'logger' | 'folders'>;
  readonly maintenance: DatabaseMaintenance;
  readonly chats: Pick<OpenChats, 'isBusy' | 'opened'>;
};

/**
 * From some minutes after the opening on, whenever nothing else is done: a backup where the newest is older than a day, and
 * deletions of more than 30 days ago go for good. Ends with `signal`; failures are logged and tried again an hour later.
 */
export async function keepUp(options: UpkeepOptions, signal: AbortSignal): Promise<void> {
  const { platform, chats } = options;
  const { clock, logger } = platform;
  try {
    await clock.delay(2 * minuteMs, signal);
    for (;;) {
      while (chats.isBusy) await clock.delay(minuteMs, signal);
      if (!chats.opened.isReadOnly) {
        await upkeepOnce(options).catch((error: unknown) => {
          if (!signal.aborted) logger.warn('upkeep-failed', { code: AppError.from(error).code });
        });
      }
      await clock.delay(60 * minuteMs, signal);
    }
  } catch {
    // Only the signal ends a delay early.
  }
}

async function upkeepOnce({ platform: { clock, folders }, maintenance }: UpkeepOptions): Promise<void> {
  const now = clock.now();
  await maintenance.purge(now - keptDeletionsMs);
  const newest = await newestBackupTime(databaseFiles(databasePath(folders.data)), now);
  if (newest === null || now - newest >= dayMs) await maintenance.backUp();
}

/** When the newest backup was written, in milliseconds since 1970; null where there is none that is whole. */
async function newestBackupTime({ backupFolder, backupTime }: DatabaseFiles, now: number): Promise<number | null> {
  const names = (await readdir(backupFolder).catch(() => [])).filter((name) => backupTime(name) !== null);
  const times = await Promise.all(names.map(async (name) => (await stat(join(backupFolder, name))).mtimeMs));
  // Written while the clock was wrong, a backup of the future would be the newest for as long as that.
  const past = times.filter((time) => time <= now);
  return past.length === 0 ? null : Math.max(...past);
}
