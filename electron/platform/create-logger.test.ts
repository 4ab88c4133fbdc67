import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createLogger } from './create-logger.ts';
import { createLogFileWriter } from './log-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-log-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('createLogger', () => {
  it('writes one redacted JSON object a line, and nothing below its level', () => {
    const lines: string[] = [];
    const write = (line: string): void => void lines.push(line);
    const clock = createFakeClock(Date.UTC(2026, 1, 3));
    const logger = createLogger({ clock, homeFolder: '/home/ada', minimumLevel: 'info', write });
    logger.debug('too-much');
    logger.info('file-opened', { path: '/home/ada/x\ny', level: 'forged' });
    expect(lines).toEqual([
      '{"at":"2026-02-03T00:00:00.000Z","level":"info","event":"file-opened","path":"~/x\\ny"}\n',
    ]);
  });
});

describe('createLogFileWriter', () => {
  it('appends to what is there, in a folder that it makes with the first line', async () => {
    const path = join(folder, 'new', 'sotto.log');
    createLogFileWriter(path);
    expect(await readdir(folder)).toEqual([]);
    createLogFileWriter(path)('one\n');
    createLogFileWriter(path)('two\n');
    expect(await readFile(path, 'utf8')).toBe('one\ntwo\n');
  });

  it('lets only its owner read the file', async () => {
    const path = join(folder, 'sotto.log');
    createLogFileWriter(path)('one\n');
    // Windows has no such bits: there the folder of the user's profile keeps others out.
    const others = process.platform === 'win32' ? 0 : (await stat(path)).mode & 0o077;
    expect(others).toBe(0);
  });

  it('begins a new file beyond the limit and keeps the last one', async () => {
    const path = join(folder, 'sotto.log');
    const write = createLogFileWriter(path, 5);
    for (const line of ['aaaa\n', 'b\n', 'c\n']) write(line);
    expect(await readFile(path, 'utf8')).toBe('c\n');
    expect(await readFile(`${path}.old`, 'utf8')).toBe('aaaa\nb\n');
  });

  it('does not throw when the folder cannot be made', async () => {
    const blocker = join(folder, 'file');
    await writeFile(blocker, '');
    expect(() => createLogFileWriter(join(blocker, 'sotto.log'))('lost\n')).not.toThrow();
  });
});
