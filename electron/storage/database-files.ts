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
  /** The name of the backup of that time, in milliseconds since 1970. */
  readonly backupName: (time: number) => string;
  /** When a backup was made, by its name; null for any other file. */
  readonly backupTime: (name: string) => number | null;
  /** Where a damaged file is kept; `suffix` is `''`, `-wal` or `-commits`. */
  readonly damaged: (time: number, suffix: string) => string;
};

const unfinishedMark = '.unfinished-';

/** Digits and letters that every file system takes, sorted as the times are. */
function fileTime(time: number): string {
  return new Date(time).toISOString().replaceAll(/[-:.]/g, '');
}

const fileTimePattern = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/;

function parseFileTime(text: string): number | null {
  const [, year, month, day, hour, minute, second, millisecond] = fileTimePattern.exec(text) ?? [];
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}Z`);
  return Number.isNaN(time) ? null : time;
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
    backupName: (time) => `${name}.${fileTime(time)}`,
    backupTime: (other) => (other.startsWith(`${name}.`) ? parseFileTime(other.slice(name.length + 1)) : null),
    damaged: (time, suffix) => `${path}.damaged-${fileTime(time)}${suffix}`,
  };
}
