import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appPaths } from '../testing/guard-tables/app-paths.ts';
import { readPageFile } from './page-file.ts';

let folder: string;
let page: string;

/** A page with a sibling whose name begins as its own, secrets around it, and links that lead out. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-page-'));
  page = join(folder, 'renderer');
  await mkdir(join(page, 'assets', 'folder.js'), { recursive: true });
  await mkdir(join(folder, 'renderer-secret'));
  await writeFile(join(page, 'index.html'), 'page');
  await writeFile(join(page, 'assets', 'index.js'), 'script');
  await writeFile(join(page, '.env.js'), 'secret');
  await writeFile(join(page, 'index.js.map'), 'secret');
  for (const name of ['package.json', 'data.json', 'renderer-secret/x.js'])
    await writeFile(join(folder, name), 'secret');
  await symlink(join(folder, 'package.json'), join(page, 'assets', 'link.json'));
  await symlink(folder, join(page, 'assets', 'out'));
  await symlink('index.html', join(page, 'inside.html'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const read = async (path: string): Promise<string> => new TextDecoder().decode((await readPageFile(page, path)).body);

describe('page file', () => {
  it('is read from inside, over every path of the table', async () => {
    const answers = await Promise.all(
      appPaths.map(async ([path, file]) => ({
        path,
        file,
        text: await read(path),
        ...(await readPageFile(page, path)),
      })),
    );
    expect(answers.filter(({ text }) => text.includes('secret'))).toEqual([]);
    expect(answers.filter(({ file, httpStatus }) => file === null && httpStatus !== 404)).toEqual([]);
    expect([await read('/'), await read('/documents'), await read('/assets/index.js')]).toEqual([
      'page',
      'page',
      'script',
    ]);
  });
  it.each(['/assets/link.json', '/assets/out/package.json', '/assets/out/renderer-secret/x.js', '/inside.html'])(
    'is not reached by a link at %s',
    async (path) => expect((await readPageFile(page, path)).httpStatus).toBe(404),
  );
  it.each(['/assets/folder.js', '/index.js.map', '/.env.js', '/missing.js'])('is none at %s', async (path) => {
    expect((await readPageFile(page, path)).httpStatus).toBe(404);
  });
  it('comes with the policy, found or not', async () => {
    for (const path of ['/', '/missing.js']) {
      const { headers } = await readPageFile(page, path);
      expect(headers['Content-Security-Policy']).toContain("trusted-types 'none'");
    }
  });
});
