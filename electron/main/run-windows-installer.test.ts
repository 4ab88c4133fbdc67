import { EventEmitter } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRecordingLogger } from '../testing/recording-logger.ts';
import { runWindowsInstaller } from './run-windows-installer.ts';

const load = createRequire(import.meta.url);
const asked: string[] = [];

let folder: string;
let app: EventEmitter;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-installer-'));
  await writeFile(
    join(folder, 'setup'),
    `#!/bin/sh\necho "$@" > "${folder}/given.new" && mv "${folder}/given.new" "${folder}/given"\n`,
  );
  await chmod(join(folder, 'setup'), 0o755);
  app = Object.assign(new EventEmitter(), {
    getVersion: () => '0.1.0',
    getName: () => 'sotto',
    isPackaged: true,
    whenReady: async () => undefined,
    getPath: () => folder,
  });
  // Where electron-updater asks for Electron: no session, no net, no request can be made with it unnoticed.
  const net = { request: () => asked.push('request') };
  load.cache[load.resolve('electron')] = Object.assign(new EventEmitter(), {
    id: 'electron',
    exports: { app, net, session: { fromPartition: () => asked.push('session') }, autoUpdater: new EventEmitter() },
    filename: 'electron',
    loaded: true,
    children: [],
    paths: [],
    path: '',
    parent: null,
    isPreloading: false,
    require: load,
  }) as unknown as NodeJS.Module; // what of a module is read by those that require it
});
afterEach(async () => await rm(folder, { recursive: true }));

const checked = () => ({ path: join(folder, 'setup'), version: '0.2.0', sha512: 'ab'.repeat(64) });

/** What the file was started with, once it was; the test's own deadline ends one that never is. */
async function given(): Promise<string> {
  for (;;) {
    const text = await readFile(join(folder, 'given'), 'utf8').catch(() => null);
    if (text !== null) return text;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe.skipIf(process.platform === 'win32')('runWindowsInstaller', () => {
  it('starts the file that is here when the app has ended well, and asks nobody', async () => {
    const logger = createRecordingLogger();
    await runWindowsInstaller(checked(), logger);
    app.emit('quit', {}, 0);
    expect(await given()).toBe('--updated /S --force-run\n');
    expect(asked).toEqual([]);
    expect(logger.lines).toEqual([]);
  });

  it('starts nothing after an end that went wrong', async () => {
    await runWindowsInstaller(checked(), createRecordingLogger());
    app.emit('quit', {}, 1);
    // A file that was started would have had this long to say so.
    await new Promise((resolve) => setTimeout(resolve, 300));
    await expect(readFile(join(folder, 'given'))).rejects.toThrow('ENOENT');
  });
});
