import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';

/** What lies on the disk for one database: the names of its files, whether they are there or not. */
export type DatabaseFiles = {
  readonly path: string;
  readonly folder: string;
  /** SQLite's write-ahead log. */
  readonly log: string;
  /** How many commits there were, told outside the log; see `CommitCounter`. */
  readonly commits: string;
  readonly backupFolder: string;
  /** True for the name of something unfinished in `folder` or `backupFolder` that no one will finish any more. */
  readonly isUnfinished: (name: string) => boolean;
  /** A name that nothing has yet; a rename gives what is written there its place. */
  readonly unfinished: (folder: string) => string;
  /** Where a damaged file is kept; `suffix` is `''`, `-wal` or `-commits`. */
  readonly damaged: (time: number, suffix: string) => string;
};

const unfinishedMark = '.unfinished-';

/** Times in file names: digits and letters that every file system takes, sorted as the times are. */
export function fileTime(time: number): string {
  return new Date(time).toISOString().replaceAll(/[-:.]/g, '');
}

/** The names that belong to the database at `path`. */
export function databaseFiles(path: string): DatabaseFiles {
  const name = basename(path);
  const folder = dirname(path);
  return {
    path,
    folder,
    log: `${path}-wal`,
    commits: `${path}-commits`,
    backupFolder: join(folder, 'backups'),
    isUnfinished: (other) => other.startsWith(`${name}${unfinishedMark}`),
    unfinished: (where) => join(where, `${name}${unfinishedMark}${randomBytes(6).toString('hex')}`),
    damaged: (time, suffix) => `${path}.damaged-${fileTime(time)}${suffix}`,
  };
}
