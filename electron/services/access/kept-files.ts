import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

const databaseName = 'sotto.db';
const backupFolderName = 'backups';
/** What models have read of conversations: noise without the database, and removed with it. */
const stateFolderName = 'states';

/** Where kept chats lie. */
export function databasePath(dataFolder: string): string {
  return join(dataFolder, databaseName);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return await readdir(folder).catch(() => []);
}

/** The database, its log, its counter, and damaged copies of them. */
const isOfDatabase = (name: string): boolean =>
  name === databaseName || name.startsWith(`${databaseName}-`) || name.startsWith(`${databaseName}.`);

/** Whether anything lies there that was kept: a database or what belongs to one. */
export async function hasKeptFiles(dataFolder: string): Promise<boolean> {
  const [names, backups] = await Promise.all([namesIn(dataFolder), namesIn(join(dataFolder, backupFolderName))]);
  return names.some(isOfDatabase) || backups.length > 0;
}

/** Whether the database itself is there. */
export async function hasDatabase(dataFolder: string): Promise<boolean> {
  return (await namesIn(dataFolder)).includes(databaseName);
}

/** Removes the database, all that belongs to it, and its backups. Going on where something resists; `findKeptFiles` tells. */
export async function removeKeptFiles(dataFolder: string): Promise<void> {
  const names = (await namesIn(dataFolder)).filter(isOfDatabase);
  for (const name of [...names, backupFolderName, stateFolderName]) {
    await rm(join(dataFolder, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** What is left after an erasure, by looking. */
export async function lookForKeptFiles(dataFolder: string): Promise<{
  readonly isDatabaseGone: boolean;
  readonly areBackupsGone: boolean;
  readonly leftFiles: readonly string[];
}> {
  const [names, backups] = await Promise.all([namesIn(dataFolder), namesIn(join(dataFolder, backupFolderName))]);
  return {
    isDatabaseGone: !names.some(isOfDatabase),
    areBackupsGone: backups.length === 0,
    leftFiles: names.toSorted(),
  };
}
