import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAccessFile, removeAccessFile, writeAccessFile } from './access-file.ts';
import type { AccessRecord } from './access-file.ts';

const run = promisify(execFile);
const inKeychain: AccessRecord = { version: 1, keeping: 'keychain', account: 'database:1' };
const sessionOnly: AccessRecord = { version: 1, keeping: 'session-only' };
const withPassphrase: AccessRecord = {
  version: 1,
  keeping: 'passphrase',
  sealedKey: { scrypt: { logN: 17, r: 8, p: 1 }, salt: 'AAAA', nonce: 'AAAA', sealed: 'AAAA' },
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-access-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('access file', () => {
  it('gives back each kind of record, for the owner only, and nothing before the first', async () => {
    const dataFolder = join(folder, 'new', 'data');
    expect(await readAccessFile(dataFolder)).toBeNull();
    for (const record of [inKeychain, withPassphrase, sessionOnly]) {
      await writeAccessFile(dataFolder, record);
      expect(await readAccessFile(dataFolder)).toEqual(record);
    }
    expect(await readdir(dataFolder)).toEqual(['access.json']);
    const { mode } = await stat(join(dataFolder, 'access.json'));
    // Windows knows no modes for others and reports what its owner has.
    expect(mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
  });

  // "Nothing chosen yet" would begin a new database over the one that the lost record opens.
  it.each([
    ['empty', ''],
    ['cut off', '{"version":1,"keeping":"keych'],
    ['of a newer version', JSON.stringify({ ...inKeychain, version: 2 })],
    ['without its account', JSON.stringify({ version: 1, keeping: 'keychain' })],
    ['zeroed by a loss of power', '\0'.repeat(64)],
    ['null', 'null'],
  ])('calls a file that is %s damaged and leaves it', async (_, content) => {
    await writeFile(join(folder, 'access.json'), content);
    expect(await readAccessFile(folder)).toEqual({ status: 'damaged' });
    expect(await readFile(join(folder, 'access.json'), 'utf8')).toBe(content);
  });

  it('calls a folder in its place damaged, and does not replace it', async () => {
    await mkdir(join(folder, 'access.json'));
    expect(await readAccessFile(folder)).toEqual({ status: 'damaged' });
    await expect(writeAccessFile(folder, inKeychain)).rejects.toThrow('EISDIR');
    expect(await readdir(folder)).toEqual(['access.json']);
  });

  it('removes the record and what interrupted writes left, and nothing else', async () => {
    await removeAccessFile(join(folder, 'gone'));
    await writeAccessFile(folder, inKeychain);
    await writeFile(join(folder, 'access.json.0f8fad5b-d9cb-469f-a165-70867728950e.partial'), '{}');
    await writeFile(join(folder, 'access.json.mine'), 'x');
    await removeAccessFile(folder);
    await removeAccessFile(folder);
    expect(await readdir(folder)).toEqual(['access.json.mine']);
    expect(await readAccessFile(folder)).toBeNull();
  });
});

/**
 * Writes `record` in a process whose file system fails at the call with this number, counted over everything a write does,
 * and says how many calls there were and whether the write was refused.
 */
async function writeWithFailure(record: AccessRecord, failAt: number) {
  const script = `
    import fs from 'node:fs/promises';
    import { syncBuiltinESMExports } from 'node:module';
    let calls = 0;
    const failing = (name, real) => (...words) => {
      calls += 1;
      if (calls === ${failAt}) return Promise.reject(Object.assign(new Error(name), { code: 'ENOSPC' }));
      return real(...words);
    };
    const open = fs.open;
    fs.rename = failing('rename', fs.rename);
    fs.open = failing('open', async (...words) => {
      const file = await open(...words);
      for (const name of ['writeFile', 'sync']) file[name] = failing(name, file[name].bind(file));
      return file;
    });
    syncBuiltinESMExports();
    const { writeAccessFile } = await import(${JSON.stringify(join(import.meta.dirname, 'access-file.ts'))});
    const isRefused = await writeAccessFile(${JSON.stringify(folder)}, ${JSON.stringify(record)}).then(() => false, () => true);
    console.log(JSON.stringify({ calls, isRefused }));
  `;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script]);
  const { isRefused }: { readonly isRefused: boolean } = JSON.parse(stdout);
  return isRefused;
}

describe('writeAccessFile', () => {
  // Open, write, sync and rename of the file, open and sync of the folder.
  it.each([1, 2, 3, 4, 5, 6])('leaves the old record when the step %i of a write fails', async (failAt) => {
    await writeAccessFile(folder, inKeychain);
    expect(await writeWithFailure(withPassphrase, failAt)).toBe(true);
    expect(await readAccessFile(folder)).toEqual(inKeychain);
    expect(await readdir(folder)).toEqual(['access.json']);
  });

  it('has no seventh step, and leaves no record where none was when the last one fails', async () => {
    expect(await writeWithFailure(inKeychain, 7)).toBe(false);
    expect(await readAccessFile(folder)).toEqual(inKeychain);
    await removeAccessFile(folder);
    expect(await writeWithFailure(inKeychain, 6)).toBe(true);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is the old or the new record wherever the process is killed', async () => {
    const script = `
      const { writeAccessFile } = await import(${JSON.stringify(join(import.meta.dirname, 'access-file.ts'))});
      console.log('begun');
      for (;;) for (const record of ${JSON.stringify([inKeychain, withPassphrase])}) await writeAccessFile(${JSON.stringify(folder)}, record);
    `;
    for (let round = 0; round < 5; round++) {
      const writing = run(process.execPath, ['--input-type=module', '--eval', script]);
      writing.child.stdout?.once('data', () => setTimeout(() => writing.child.kill('SIGKILL'), 3 * round));
      await writing.catch(() => undefined);
      const record = await readAccessFile(folder);
      expect([null, inKeychain, withPassphrase]).toContainEqual(record);
    }
  });
});
