import { mkdirSync } from 'node:fs';
import { isNodeError } from '../../platform/node-error.ts';

/** Makes a folder for its owner only, and those above it; fine where it is. Throws what the system says otherwise. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    // Making folders on the way there, Node calls a disk that cannot be written to a folder that is not there.
    if (!isNodeError(error, 'ENOENT')) throw error;
    mkdirSync(path, { mode: 0o700 });
  }
}
