import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findElectron, obtainElectron, whyNoWindow } from './electron-binary.mjs';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sotto-electron-'));
  mkdirSync(join(root, 'node_modules/electron'), { recursive: true });
  writeFileSync(join(root, 'node_modules/electron/package.json'), '{ "version": "1.0.0" }');
  // Nothing listens there.
  vi.stubEnv('npm_config_electron_mirror', 'http://127.0.0.1:9/');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true, force: true });
});

/** Stands where Electron's own installer is. */
const writeInstaller = (source) => writeFileSync(join(root, 'node_modules/electron/install.js'), source);

const unpacking = `
  const { mkdirSync, writeFileSync } = require('node:fs');
  mkdirSync(__dirname + '/dist');
  writeFileSync(__dirname + '/dist/electron', '');
  writeFileSync(__dirname + '/path.txt', 'electron');
`;

describe('Electron binary', () => {
  it('is available when the installer has it in its own cache, though nothing answers', async () => {
    writeInstaller(unpacking);
    const path = join(root, 'node_modules/electron/dist/electron');
    expect(await obtainElectron(root, () => {})).toEqual({ status: 'available', path });
    expect(findElectron(root)).toBe(path);
  });

  // Without the memory every start would wait for the same refusal.
  it('is not asked for again when it could not be fetched a moment ago', async () => {
    writeInstaller('process.exit(1);');
    const first = await obtainElectron(root, () => {});
    expect(first).toMatchObject({ status: 'unavailable', reason: expect.stringContaining('could not be fetched') });
    writeInstaller(unpacking);
    expect(await obtainElectron(root, () => {})).toEqual(first);
  });

  it('is asked for again when another version is wanted', async () => {
    writeInstaller('process.exit(1);');
    await obtainElectron(root, () => {});
    writeFileSync(join(root, 'node_modules/electron/package.json'), '{ "version": "1.0.1" }');
    writeInstaller(unpacking);
    expect(await obtainElectron(root, () => {})).toMatchObject({ status: 'available' });
  });
});

describe('a window', () => {
  const getuid = () => 1000;

  it.each([
    ['there is no display', { platform: 'linux', env: {}, getuid }],
    ['the user is root', { platform: 'linux', env: { DISPLAY: ':0' }, getuid: () => 0 }],
  ])('cannot be opened when %s', (_, system) => expect(whyNoWindow(system)).toEqual(expect.any(String)));

  it.each([
    ['X11', { platform: 'linux', env: { DISPLAY: ':0' }, getuid }],
    ['Wayland', { platform: 'linux', env: { WAYLAND_DISPLAY: 'wayland-0' }, getuid }],
    ['a Mac', { platform: 'darwin', env: {}, getuid }],
  ])('can be opened on %s', (_, system) => expect(whyNoWindow(system)).toBeUndefined());
});
