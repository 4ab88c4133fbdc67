import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRecordingLogger } from '../testing/recording-logger.ts';
import { createUpdateInstaller } from './install-update.ts';
import type { InstallerParts } from './install-update.ts';

let folder: string;
let done: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-install-'));
  done = [];
  await writeFile(join(folder, 'package'), 'new');
  await writeFile(join(folder, 'Sotto.AppImage'), 'old');
});
afterEach(async () => await rm(folder, { recursive: true }));

function parts(change: Partial<InstallerParts>): InstallerParts {
  return {
    app: {
      isPackaged: true,
      quit: () => void done.push('quit'),
      relaunch: (options) => void done.push(`relaunch ${options?.execPath ?? ''}`),
    },
    shell: { showItemInFolder: (path) => void done.push(`show ${path}`) },
    operatingSystem: 'linux',
    environment: {},
    resourcesPath: folder,
    runAfterEnd: async ({ path }) => void done.push(`run ${path}`),
    logger: createRecordingLogger(),
    ...change,
  };
}

const checked = () => ({
  path: join(folder, 'package'),
  version: '0.2.0',
  sha512: createHash('sha512').update('new').digest('hex'),
});

describe('createUpdateInstaller', () => {
  it('replaces an AppImage, and starts it when this one has ended', async () => {
    const path = join(folder, 'Sotto.AppImage');
    const installer = createUpdateInstaller(parts({ environment: { APPIMAGE: path } }));
    expect(installer).toMatchObject({ kind: 'appimage', way: 'restart' });
    expect(await installer?.install(checked())).toBe('restarting');
    expect(await readFile(path, 'utf8')).toBe('new');
    expect(done).toEqual([`relaunch ${path}`, 'quit']);
  });

  // An app that ends with nothing in its place would be gone.
  it('does not end the app when the AppImage cannot be replaced', async () => {
    const installer = createUpdateInstaller(parts({ environment: { APPIMAGE: join(folder, 'gone.AppImage') } }));
    await expect(installer?.install(checked())).rejects.toThrow('ENOENT');
    expect(done).toEqual([]);
  });

  it('has the installer of Windows run after the end, and not before', async () => {
    const installer = createUpdateInstaller(parts({ operatingSystem: 'win32' }));
    expect(installer).toMatchObject({ kind: 'nsis', way: 'restart' });
    expect(await installer?.install(checked())).toBe('restarting');
    expect(done).toEqual([`run ${join(folder, 'package')}`, 'quit']);
  });

  it.each([
    ['darwin', null, 'dmg'],
    ['linux', 'deb\n', 'deb'],
    ['linux', 'rpm', 'rpm'],
  ] as const)('on %s with %o shows the file, and goes on', async (operatingSystem, packageType, kind) => {
    if (packageType !== null) await writeFile(join(folder, 'package-type'), packageType);
    const installer = createUpdateInstaller(parts({ operatingSystem }));
    expect(installer).toMatchObject({ kind, way: 'by-hand' });
    expect(await installer?.install(checked())).toBe('shown');
    expect(done).toEqual([`show ${join(folder, 'package')}`]);
  });

  it('is not there for a copy that runs from its sources', () => {
    const app = { ...parts({}).app, isPackaged: false };
    expect(createUpdateInstaller(parts({ app, operatingSystem: 'win32' }))).toBeNull();
    expect(createUpdateInstaller(parts({}))).toBeNull();
  });
});
