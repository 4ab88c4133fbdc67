import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { isNodeError } from '../../platform/node-error.ts';

function syncPath(path: string): void {
  const descriptor = openSync(path, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes names that were given or taken in `folder` survive a loss of power, where the system can. */
export function syncFolder(folder: string): void {
  // Windows does not open folders, and some file systems do not sync them: names are then as safe as the system makes them.
  try {
    const descriptor = openSync(folder, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (!isNodeError(error, 'EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP')) throw error;
  }
}

/** Gives a finished file its place, in one step, after its content has reached the disk. */
export function putInPlace(from: string, to: string): void {
  syncPath(from);
  renameSync(from, to);
  syncFolder(dirname(to));
}
