// An app's archive as a folder, for tests that start what was packed with Node, which knows no archives.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesOfArchive } from './inspect-package.mjs';

/** Writes everything that is in the archive, and what lies beside it, under `folder`. */
export function unpackArchive(archive, folder) {
  const bytes = readFileSync(archive);
  // The contents begin after the first length, the length of the list, and the list.
  const base = 8 + bytes.readUInt32LE(4);
  for (const { path, sizeBytes, offset, isUnpacked } of filesOfArchive(archive)) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    if (isUnpacked) copyFileSync(join(`${archive}.unpacked`, path), target);
    else writeFileSync(target, bytes.subarray(base + offset, base + offset + sizeBytes));
  }
}
