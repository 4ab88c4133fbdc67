import { existsSync } from 'node:fs';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCliWorkbench, errorOf, jsonOf, type CliWorkbench } from '../testing/cli-workbench.ts';

let bench: CliWorkbench;
beforeEach(async () => {
  bench = await createCliWorkbench();
});
afterEach(async () => {
  await bench.close();
});

const passphrase = 'four unrelated words';

async function passphraseFile(name: string, text = passphrase): Promise<string> {
  const path = await bench.file(name, `${text}\n`);
  await chmod(path, 0o600);
  return path;
}

describe('sotto with a passphrase', () => {
  it('keeps nothing without one, and says so on standard error alone', async () => {
    const ended = await bench.sotto('ledger', '--json');
    expect(jsonOf(ended)).toEqual({ entries: [], total: 0 });
    expect(ended.stderr).toMatch(/keeps nothing/);
    expect(existsSync(join(bench.folder, 'data', 'sotto.db'))).toBe(false);
  });

  it('keeps chats from the first passphrase file on, and opens them with no other', async () => {
    const right = await passphraseFile('right.txt');
    expect((await bench.sotto('ledger', '--passphrase-file', right)).exitCode).toBe(0);
    expect(existsSync(join(bench.folder, 'data', 'sotto.db'))).toBe(true);
    expect(
      errorOf(await bench.sotto('ledger', '--json', '--passphrase-file', await passphraseFile('w', 'not these'))).code,
    ).toBe('access/wrong-passphrase');
    expect((await bench.sotto('ledger', '--passphrase-file', right)).stderr).not.toMatch(/keeps nothing/);
    // Catches a passphrase that lands in the log or in the record of how chats are kept.
    for (const name of ['access.json', 'sotto.log']) {
      const text = await readFile(join(bench.folder, 'data', name), 'utf8').catch(() => '');
      expect(text).not.toContain(passphrase);
    }
    const { dataFolder, keychain } = jsonOf(await bench.sotto('doctor', '--json'));
    expect(dataFolder).toMatchObject({ keeping: 'passphrase', access: 'locked' });
    expect(keychain).toMatchObject({ isUsed: false });
  });

  it('refuses a passphrase file that others can read, and a passphrase that is too short', async () => {
    const path = await passphraseFile('open.txt');
    await chmod(path, 0o644);
    expect(errorOf(await bench.sotto('ledger', '--json', '--passphrase-file', path)).code).toBe(
      'access/passphrase-file',
    );
    const short = await bench.sotto(
      'ledger',
      '--json',
      '--passphrase-file',
      await passphraseFile('short.txt', 'short'),
    );
    expect(errorOf(short)).toMatchObject({ code: 'access/weak-passphrase', message: expect.stringContaining('8') });
  });

  it('does nothing in a locked window that another process has, unless it has the passphrase', async () => {
    const path = await passphraseFile('right.txt');
    await bench.sotto('ledger', '--passphrase-file', path);
    await bench.host();
    expect(errorOf(await bench.sotto('ledger', '--json')).code).toBe('access/locked');
    expect(jsonOf(await bench.sotto('ledger', '--json', '--passphrase-file', path))).toEqual({ entries: [], total: 0 });
  });
});
