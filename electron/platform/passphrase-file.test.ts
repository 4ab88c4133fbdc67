import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPassphraseFile } from './passphrase-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-passphrase-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function file(content: string | Uint8Array, mode = 0o600): Promise<string> {
  const path = join(folder, 'passphrase');
  await writeFile(path, content);
  await chmod(path, mode);
  return path;
}

/** Windows has neither modes for others nor pipes among its files: there these cases are not registered. */
const hasModes = process.platform !== 'win32';
const refusal = { code: 'access/passphrase-file' };

describe('readPassphraseFile', () => {
  it.each([
    ['four words and more', 'four words and more'],
    ['unix line\n', 'unix line'],
    ['windows line\r\n', 'windows line'],
    ['first\nsecond\n', 'first'],
    // Blanks belong to the passphrase: the window does not remove them either.
    ['  blanks\tkept  \n', '  blanks\tkept  '],
    ['Ünïcödé 😀\n', 'Ünïcödé 😀'],
    ['x'.repeat(4_096), 'x'.repeat(4_096)],
  ])('reads %j up to the end of its first line', async (content, expected) => {
    expect(await readPassphraseFile(await file(content, 0o400))).toBe(expected);
  });

  it.each([
    ['an empty file', ''],
    ['an empty first line', '\nsecond'],
    ['more than 4 KiB', 'x'.repeat(4_097)],
    ['bytes that are no text', Uint8Array.of(0xff, 0xfe, 0x41)],
  ])('refuses %s', async (_, content) => {
    await expect(readPassphraseFile(await file(content))).rejects.toMatchObject(refusal);
  });

  it.each(hasModes ? [0o644, 0o640, 0o604, 0o620, 0o610, 0o602] : [])(
    'refuses a file of mode %o, which others can use',
    async (mode) => {
      await expect(readPassphraseFile(await file('secret words', mode))).rejects.toMatchObject(refusal);
    },
  );

  it('judges the file behind a link, and refuses what is missing or a folder', async () => {
    const link = join(folder, 'link');
    await symlink(await file('\nsecret words'), link);
    await expect(readPassphraseFile(link)).rejects.toMatchObject(refusal);
    await expect(readPassphraseFile(join(folder, 'gone'))).rejects.toMatchObject(refusal);
    await mkdir(join(folder, 'sub'), { mode: 0o700 });
    await expect(readPassphraseFile(join(folder, 'sub'))).rejects.toMatchObject(refusal);
  });

  it.each(hasModes ? ['pipe'] : [])('does not wait for a %s or read a device', async (name) => {
    const pipe = join(folder, name);
    execFileSync('mkfifo', ['-m', '600', pipe]);
    await expect(readPassphraseFile(pipe)).rejects.toMatchObject(refusal);
    await expect(readPassphraseFile('/dev/zero')).rejects.toMatchObject(refusal);
  });

  it('says nothing of the content in its error', async () => {
    const error: unknown = await readPassphraseFile(await file('hidden words\n'.repeat(400))).catch(
      (reason: unknown) => reason,
    );
    expect(String(error)).not.toContain('hidden');
  });
});
