import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createIgnoreRules, isModestPattern, readIgnoreFile } from './ignore-rules.ts';

describe('createIgnoreRules', () => {
  it.each([
    ['.git', true, true],
    ['a/.hidden.txt', false, true],
    ['node_modules', true, true],
    ['node_modules', false, false],
    ['a/node_modules/b/readme.md', false, true],
    ['report~', false, true],
    ['~$report.docx', false, true],
    ['report.docx', false, false],
  ])('by default: %s (a folder: %s): %s', (path, isFolder, isIgnored) => {
    expect(createIgnoreRules([], []).ignores(path, isFolder)).toBe(isIgnored);
  });

  it('lets a later pattern take in again what an earlier one leaves out', () => {
    const rules = createIgnoreRules(['*.log', '/top.txt'], ['!keep.log', '!.notes.md']);
    expect(
      ['a.log', 'keep.log', 'top.txt', 'a/top.txt', '.notes.md'].map((path) => rules.ignores(path, false)),
    ).toEqual([true, false, true, false, false]);
  });

  it('leaves out no pattern that could take minutes to compare, but says which it takes', () => {
    // Catches a `.sottoignore` from a stranger's archive that hangs the app on one long name.
    const hostile = '*a'.repeat(20) + '*b';
    expect(isModestPattern(hostile)).toBe(false);
    expect(isModestPattern('**/*.tmp')).toBe(true);
    expect(createIgnoreRules([hostile], []).ignores('a'.repeat(250), false)).toBe(false);
  });
});

describe('readIgnoreFile', () => {
  it('reads lines of a file, and waits for no pipe of that name', async (context) => {
    if (process.platform === 'win32') context.skip();
    const folder = await mkdtemp(join(tmpdir(), 'sotto-ignore-'));
    expect(await readIgnoreFile(folder)).toEqual([]);
    await writeFile(join(folder, '.sottoignore'), 'a\r\nb\n');
    expect(await readIgnoreFile(folder)).toEqual(['a', 'b', '']);
    await rm(join(folder, '.sottoignore'));
    execFileSync('mkfifo', [join(folder, '.sottoignore')]);
    expect(await readIgnoreFile(folder)).toEqual([]);
    await rm(folder, { recursive: true });
  });
});
