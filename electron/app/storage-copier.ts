import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Storage, StorageLocation } from '../storage/storage.ts';
import type { CopyStorage } from './movable-storage.ts';

/**
 * Copies a database to where `openAt` then opens it. On the way into memory it goes through a file in `temporaryFolder`
 * whose key only this process has, for a moment; what a crash leaves of it nobody can read, and the next opening removes.
 */
export function storageCopier(
  temporaryFolder: string,
  openAt: (location: StorageLocation) => Promise<Storage>,
): CopyStorage {
  return async (from, to) => {
    if (to.kind === 'file') {
      await from.maintenance.copyTo({ path: to.path, key: to.key });
      return await openAt(to);
    }
    const folder = movingFolder(temporaryFolder);
    const key = new Uint8Array(randomBytes(32));
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const copy = { path: join(folder, 'copy.db'), key };
      await from.maintenance.copyTo(copy);
      return await openAt({ kind: 'memory', copyOf: copy });
    } finally {
      key.fill(0);
      await removeMoving(temporaryFolder);
    }
  };
}

/** Removes what a crash left in mid-move. */
export async function removeMoving(temporaryFolder: string): Promise<void> {
  await rm(movingFolder(temporaryFolder), { recursive: true, force: true });
}

const movingFolder = (temporaryFolder: string): string => join(temporaryFolder, 'moving');
