import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeEnginePack } from './engine-pack.mjs';

let folder;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-pack-'));
});
afterEach(async () => await rm(folder, { recursive: true }));

async function writePackage(name, version, files) {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, name, path, '..'), { recursive: true });
    await writeFile(join(folder, name, path), text);
  }
  await writeFile(join(folder, name, 'package.json'), JSON.stringify({ version }));
}

const request = (name) => ({
  system: 'linux-x64',
  packagesFolder: folder,
  library: '3.0.0',
  out: join(folder, name),
});

describe('makeEnginePack', () => {
  beforeEach(async () => {
    await writePackage('linux-x64-cuda', '3.0.0', {
      'bins/linux-x64-cuda/b.so': 'bee',
      'bins/linux-x64-cuda/a.so': 'a',
    });
    await writePackage('linux-x64-cuda-ext', '3.0.0', { 'bins/linux-x64-cuda/fallback/c.so': 'sea' });
  });

  it('holds the libraries in the order of the list, and says size and digest of itself', async () => {
    const pack = await makeEnginePack(request('out'));
    expect(pack.packages).toEqual([
      {
        name: 'linux-x64-cuda',
        files: [
          { path: 'bins/linux-x64-cuda/a.so', sizeBytes: 1 },
          { path: 'bins/linux-x64-cuda/b.so', sizeBytes: 3 },
        ],
      },
      { name: 'linux-x64-cuda-ext', files: [{ path: 'bins/linux-x64-cuda/fallback/c.so', sizeBytes: 3 }] },
    ]);
    const bytes = await readFile(join(folder, 'out', pack.name));
    expect(gunzipSync(bytes).toString()).toBe('abeesea');
    expect(pack.sizeBytes).toBe(bytes.length);
    expect(pack.sha512).toBe(createHash('sha512').update(bytes).digest('hex'));
  });

  // Catches a time or a name in the bytes: nobody could check a published pack against the packages.
  it('makes the same bytes of the same packages', async () => {
    expect((await makeEnginePack(request('one'))).sha512).toBe((await makeEnginePack(request('two'))).sha512);
  });

  it('refuses packages of another version of the engine', async () => {
    await writePackage('linux-x64-cuda-ext', '2.9.9', {});
    await expect(makeEnginePack(request('out'))).rejects.toThrow(/2\.9\.9/);
  });
});
