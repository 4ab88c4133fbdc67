import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findSinks, sinks } from './sinks.mjs';
import { listSourceFiles } from './source-files.mjs';

const root = join(import.meta.dirname, '..', '..');
const namesIn = (text, path = 'electron/main/a.ts') => findSinks(path, text).map(({ name }) => name);

describe('dangerous sinks', () => {
  it('stand in the product where they were decided, once each, and nowhere else', () => {
    const found = listSourceFiles(root).flatMap((path) => findSinks(path, readFileSync(join(root, path), 'utf8')));
    const expected = sinks.flatMap(({ name, sites }) => sites.map((path) => `${name}: ${path}`));
    expect(found.map(({ name, path }) => `${name}: ${path}`).toSorted()).toEqual(expected.toSorted());
  });

  it.each([
    ['a window', 'new BrowserWindow({})'],
    ['a window', 'new electron.BrowserWindow()'],
    ['a page from an address', 'window.webContents.loadURL(x)'],
    ['a page from a file', 'window.loadFile(x)'],
    ['a script in a page', 'frame.executeJavaScript(x)'],
    ['a link that leaves', 'const open = shell.openExternal;'],
    ['a link that leaves', 'electron.shell.openExternal(x)'],
    ['a file opened by its program', 'shell.openPath(x)'],
    ['a requests filter', 'session.defaultSession.webRequest.onBeforeRequest(null)'],
    ['what pages may say', "import { ipcMain } from 'electron';"],
    ['crash reports', 'crashReporter.start({})'],
    ['text as code', 'eval(x)'],
    ['a function from text', 'new Function(x)'],
    ['a program', "import { spawn } from 'node:child_process';"],
    ['a program', "import { type ChildProcess, fork } from 'child_process';"],
    ['a program', "await import('node:child_process')"],
    ['a request', "import https from 'node:https';"],
    ['a shell', 'exec(command)'],
    ['a shell', 'spawn(file, words, { shell: true })'],
  ])('%s is seen in %s', (name, text) => expect(namesIn(text)).toContain(name));

  it.each([
    "import type { ChildProcess } from 'node:child_process';",
    "import { type ChildProcess } from 'node:child_process';",
    'type A = { readonly ipcMain: 1 };',
    'const a = /x/.exec(text);',
    '// eval(x)',
    "const text = 'shell.openExternal(x)';",
  ])('nothing is seen in %s', (text) => expect(namesIn(text)).toEqual([]));

  it('are free in tests', () => expect(namesIn('eval(x)', 'electron/main/a.test.ts')).toEqual([]));
});
