import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replaceAppImage } from './replace-app-image.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-appimage-'));
  await writeFile(join(folder, 'Sotto.AppImage'), 'old');
  await writeFile(join(folder, 'package'), 'new');
});
afterEach(async () => await rm(folder, { recursive: true }));

const checked = (text: string) => ({
  path: join(folder, 'package'),
  version: '0.2.0',
  sha512: createHash('sha512').update(text).digest('hex'),
});
const target = (): string => join(folder, 'Sotto.AppImage');

describe.skipIf(process.platform === 'win32')('replaceAppImage', () => {
  it('puts the new one in the place of the old one, ready to be started', async () => {
    await replaceAppImage(checked('new'), target());
    expect(await readFile(target(), 'utf8')).toBe('new');
    expect((await stat(target())).mode & 0o777).toBe(0o755);
    expect(await readdir(folder)).toEqual(['Sotto.AppImage', 'package']);
  });

  // What was checked and what is started must be the same bytes, whoever writes to the folder between.
  it('leaves the old one when the package is another one by now', async () => {
    await expect(replaceAppImage(checked('what was checked'), target())).rejects.toThrow('not the package');
    expect(await readFile(target(), 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['Sotto.AppImage', 'package']);
  });

  it('does not write through a link', async () => {
    await symlink(target(), join(folder, 'link'));
    await expect(replaceAppImage(checked('new'), join(folder, 'link'))).rejects.toThrow('no plain file');
    expect(await readFile(target(), 'utf8')).toBe('old');
  });
});
