import { copyFileSync, existsSync, linkSync, renameSync } from 'node:fs';
import type { DatabaseFiles } from '../database-files.ts';
import { syncFolder } from './sync-folder.ts';

/**
 * Keeps a damaged database under its second name: first the file, which stays in its place as well until another takes
 * it, then its log and its counter, which leave theirs, since a log that stays would be read into the next file.
 */
export function setAside(files: DatabaseFiles, time: number): void {
  if (existsSync(files.path)) {
    try {
      linkSync(files.path, files.damaged(time, ''));
    } catch {
      // Not every file system has second names.
      copyFileSync(files.path, files.damaged(time, ''));
    }
  }
  for (const [path, suffix] of [
    [files.log, '-wal'],
    [files.commits, '-commits'],
  ] as const) {
    if (existsSync(path)) renameSync(path, files.damaged(time, suffix));
  }
  syncFolder(files.folder);
}
