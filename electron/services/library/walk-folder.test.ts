import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIgnoreRules } from './ignore-rules.ts';
import { comparePaths } from './path-order.ts';
import { walkFolder } from './walk-folder.ts';
import type { WalkedFile } from './walk-folder.ts';

describe('walkFolder', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'sotto-walk-'));
  });
  afterEach(async () => await rm(root, { recursive: true }));

  const walk = async (excluded: ReadonlySet<string> = new Set()) => {
    const slices: (readonly WalkedFile[])[] = [];
    const folders: string[] = [];
    const { signal } = new AbortController();
    const rules = createIgnoreRules([], []);
    const options = { root, rules, excluded, signal, onFolder: (folder: string) => void folders.push(folder) };
    for await (const slice of walkFolder(options)) slices.push(slice);
    return { slices, folders, paths: slices.flat().map(({ path }) => path) };
  };

  it('hands on what it finds in small slices, in the order of the bytes of whole paths', async () => {
    // Catches a walk that holds everything up: whoever compares slices works on at most some hundred at a time.
    const names = ['a.txt', 'a/b.txt', 'a-b.txt', 'a/\u{1f600}.txt', 'a/\ue000.txt', 'A.txt', 'ä.txt', 'z/y/x/w.txt'];
    for (const name of names) {
      await mkdir(join(root, name, '..'), { recursive: true });
      await writeFile(join(root, name), name);
    }
    await mkdir(join(root, 'many'));
    const many = Array.from({ length: 2_000 }, (_, index) => `many/${index}.txt`);
    for (const name of many) await writeFile(join(root, name), name);
    const { slices, folders, paths } = await walk();
    expect(paths).toEqual([...names, ...many].sort(comparePaths));
    expect(paths).toEqual([...paths].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))));
    expect(Math.max(...slices.map(({ length }) => length))).toBeLessThan(520);
    expect(folders.toSorted()).toEqual(['', 'a/', 'many/', 'z/', 'z/y/', 'z/y/x/']);
  });

  it('enters neither folders that are excluded nor those that are ignored', async () => {
    for (const folder of ['data', 'node_modules', '.hidden', 'open']) {
      await mkdir(join(root, folder));
      await writeFile(join(root, folder, 'a.txt'), 'Words.');
    }
    expect((await walk(new Set([join(root, 'data')]))).paths).toEqual(['open/a.txt']);
  });

  it('says which folder it may not look into', async (context) => {
    // The superuser may look everywhere.
    if (process.getuid?.() === 0 || process.platform === 'win32') context.skip();
    await mkdir(join(root, 'closed'));
    await chmod(join(root, 'closed'), 0);
    const { slices } = await walk();
    expect(slices.flat()).toMatchObject([
      { path: 'closed/', isClosedFolder: true, skipped: { code: 'library/folder-unreadable' } },
    ]);
    await chmod(join(root, 'closed'), 0o700);
  });

  it('takes a name that is no text for a file that cannot be read', async (context) => {
    if (process.platform !== 'linux') context.skip();
    await writeFile(
      Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0x61, 0xff, 0x2e, 0x74, 0x78, 0x74])]),
      'Words.',
    );
    const { slices } = await walk();
    expect(slices.flat()).toMatchObject([{ path: 'a\ufffd.txt', skipped: { code: 'file/unreadable' } }]);
  });
});
