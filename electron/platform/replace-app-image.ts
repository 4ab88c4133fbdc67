import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, copyFile, lstat, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { syncFolder } from './sync-folder.ts';
import type { CheckedPackage } from './update-installer.ts';

/**
 * Puts a checked AppImage in the place of the one that runs, in one step and under its name: a crash leaves the old one or the
 * new one. The copy is what is checked once more, beside the place that it takes. Throws what the system says, or an error
 * when the copy is another file than was checked, or the place is no plain file; the old one is then untouched.
 */
export async function replaceAppImage({ path, sha512 }: CheckedPackage, appImagePath: string): Promise<void> {
  if (!(await lstat(appImagePath)).isFile()) throw new Error('The AppImage that runs is no plain file.');
  const folder = dirname(appImagePath);
  const copy = join(folder, `.${basename(appImagePath)}.${randomUUID()}.partial`);
  try {
    await copyFile(path, copy);
    if ((await digestOf(copy)) !== sha512) throw new Error('The copy is not the package that was checked.');
    await chmod(copy, 0o755);
    await using file = await open(copy);
    await file.sync();
    await rename(copy, appImagePath);
  } catch (error) {
    await rm(copy, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha512');
  // A stream without an encoding yields buffers.
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
