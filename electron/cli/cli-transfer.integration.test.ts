import { chmod, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildChatgptTurn } from '../testing/build-exports.ts';
import { createCliWorkbench, jsonOf } from '../testing/cli-workbench.ts';
import type { CliWorkbench } from '../testing/cli-workbench.ts';

describe('sotto import and export', { timeout: 60_000 }, () => {
  let bench: CliWorkbench;
  let access: readonly string[];
  beforeEach(async () => {
    bench = await createCliWorkbench();
    const path = await bench.file('passphrase', 'four plain words here\n');
    await chmod(path, 0o600);
    access = ['--passphrase-file', path];
  });
  afterEach(async () => await bench.close());

  // A file that is half written, open to everybody, or written over another one is how an export loses or leaks chats.
  it('takes an export in, gives it out again, and replaces no file that was not named', async () => {
    const path = await bench.file('conversations.json', JSON.stringify([buildChatgptTurn('How long?', 'An hour.')]));
    const taken = await bench.sotto('import', path, '--json', ...access);
    expect(jsonOf(taken)).toEqual({ source: 'chatgpt', conversations: 1, messages: 2, skipped: [] });
    expect(taken.exitCode).toBe(0);

    const notes = join(bench.folder, 'notes');
    const first = await bench.sotto('export', '--format', 'markdown', '--output', notes, 'bread', ...access);
    expect(first.exitCode).toBe(0);
    await bench.sotto('export', '--format', 'markdown', '--output', notes, ...access);
    expect((await readdir(notes)).sort()).toEqual(['Bread (2).md', 'Bread.md']);
    expect(await readFile(join(notes, 'Bread.md'), 'utf8')).toContain('An hour.');

    const file = join(bench.folder, 'all.json');
    await writeFile(file, 'old');
    expect((await bench.sotto('export', '--output', file, ...access)).exitCode).toBe(0);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ format: 'sotto-conversations', version: 1 });
    expect((await stat(file)).mode & 0o077).toBe(0);
    const single = join(bench.folder, 'one.md');
    expect((await bench.sotto('export', '--format', 'markdown', '--output', single, 'bread', ...access)).exitCode).toBe(
      0,
    );
    expect(await readFile(single, 'utf8')).toContain('An hour.');
    // Several chats would replace each other in one file.
    const crowded = await bench.sotto('export', '--json', '--format', 'markdown', '--output', single, ...access);
    expect(jsonOf(crowded)).toMatchObject({ error: { code: 'disk/not-writable' } });
    const device = await bench.sotto('export', '--json', '--output', '/dev/null', ...access);
    expect(jsonOf(device)).toMatchObject({ error: { code: 'disk/not-writable' } });
    const again = await bench.sotto('import', file, ...access);
    expect(again.stdout).toContain('an export of Sotto');
    expect(again.stdout).toContain('1 chat that is here already');
  });

  it('says what is wrong with a format, a title and a file', async () => {
    expect((await bench.sotto('export', '--format', 'pdf')).exitCode).toBe(2);
    const missing = await bench.sotto('export', '--json', 'Nobody', '--output', bench.folder);
    expect(jsonOf(missing)).toMatchObject({ error: { code: 'app/not-found' } });
    const letter = await bench.file('letter.txt', 'Dear Anna');
    const refused = await bench.sotto('import', letter, '--json');
    expect(jsonOf(refused)).toMatchObject({ error: { code: 'transfer/unknown-format' } });
    expect(refused.exitCode).toBe(1);
  });
});
