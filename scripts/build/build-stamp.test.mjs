import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestInputs, forgetBuild, isBuilt, rememberBuild } from './build-stamp.mjs';

let root = '';
const write = (path, text) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sotto-stamp-'));
  write('package-lock.json', '{}');
  write('electron/app/a.ts', 'a');
  write('electron/shared/locales/en/window.json', '{}');
  write('renderer/index.html', '<html>');
  for (const path of ['main/index.js', 'main/host.js', 'main/cli.js', 'preload/index.cjs', 'renderer/index.html']) {
    write(`out/${path}`, '');
  }
  rememberBuild(root, digestInputs(root));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('build', () => {
  it('is current when nothing changed', () => expect(isBuilt(root)).toBe(true));

  it.each([
    ['a source', () => write('electron/app/a.ts', 'b')],
    ['a new file', () => write('renderer/app/b.tsx', '')],
    ['a word', () => write('electron/shared/locales/en/window.json', '{"a":"b"}')],
    ['the lock file', () => write('package-lock.json', '{"a":1}')],
    ['the output', () => rmSync(join(root, 'out/main/host.js'))],
    ['the record of the build', () => forgetBuild(root)],
  ])('is not current when %s changed', (_, change) => {
    change();
    expect(isBuilt(root)).toBe(false);
  });

  it.each(['electron/app/a.test.ts', 'electron/app/README.md', 'resources/models/model.gguf'])(
    'is still current when %s changed, which is no part of it',
    (path) => {
      write(path, 'new');
      mkdirSync(join(root, 'resources'), { recursive: true });
      expect(isBuilt(root)).toBe(true);
    },
  );
});
