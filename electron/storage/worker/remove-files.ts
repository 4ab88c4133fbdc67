import { rmSync } from 'node:fs';

/** Removes a database that is no longer wanted, with what SQLite puts beside it; fine where nothing is. */
export function removeFiles(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${suffix}`, { force: true });
}
