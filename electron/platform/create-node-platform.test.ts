import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createNodePlatform } from './create-node-platform.ts';
import { defaultDataFolder } from './default-folders.ts';
import { systemLanguage } from './system-language.ts';

describe('defaultDataFolder', () => {
  it.each([
    ['linux', '/home/ada', {}, '/home/ada/.local/share/sotto'],
    ['linux', '/home/ada', { XDG_DATA_HOME: '/data' }, '/data/sotto'],
    ['linux', '/home/ada', { XDG_DATA_HOME: 'relative' }, '/home/ada/.local/share/sotto'],
    ['freebsd', '/home/ada', {}, '/home/ada/.local/share/sotto'],
    ['darwin', '/Users/ada', { XDG_DATA_HOME: '/data' }, '/Users/ada/Library/Application Support/Sotto'],
    ['win32', 'C:\\Users\\ada', { APPDATA: 'D:\\Roaming' }, 'D:\\Roaming\\Sotto'],
    ['win32', 'C:\\Users\\ada', {}, 'C:\\Users\\ada\\AppData\\Roaming\\Sotto'],
  ] as const)(
    'follows the convention of %s with home %s and %j',
    (operatingSystem, homeFolder, environment, folder) => {
      expect(defaultDataFolder({ operatingSystem, homeFolder, environment })).toBe(folder);
    },
  );
});

describe('systemLanguage', () => {
  it.each([
    [{ LANG: 'de_AT.UTF-8' }, 'de-AT'],
    [{ LC_ALL: 'fr_FR@euro', LANG: 'de_AT.UTF-8' }, 'fr-FR'],
    [{ LC_ALL: '', LC_MESSAGES: 'pt_BR', LANG: 'de' }, 'pt-BR'],
    [{ LANG: 'C.UTF-8' }, 'en-US'],
    [{ LANG: 'not a locale' }, 'en-US'],
    [{}, 'en-US'],
  ])('reads %j as %s', (environment, tag) => {
    expect(systemLanguage(environment, 'en-US-u-va-posix')).toBe(tag);
  });
});

describe('createNodePlatform', () => {
  it('keeps to the folders that it is given, and logs into the data folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sotto-platform-'));
    const data = join(folder, 'data');
    const options = { door: 'terminal', version: '1.2.3', resourcesFolder: folder, dataFolder: data } as const;
    const platform = createNodePlatform({ ...options, modelFolder: join(folder, 'gguf') });
    expect(platform.folders).toEqual({
      data,
      models: join(folder, 'gguf'),
      resources: folder,
      temporary: join(data, 'temporary'),
    });
    platform.logger.info('started');
    expect(await readFile(join(data, 'sotto.log'), 'utf8')).toContain('"event":"started"');
    await rm(folder, { recursive: true });
  });

  it('takes the system as it is when nothing is chosen', () => {
    const platform = createNodePlatform({ door: 'browser', version: '1.2.3', resourcesFolder: '/r', log: 'stderr' });
    expect(isAbsolute(platform.folders.data)).toBe(true);
    expect(platform.folders.models.startsWith(platform.folders.data)).toBe(true);
    expect(platform.cores).toBeGreaterThanOrEqual(1);
    expect(platform.operatingSystem).toBe(process.platform);
  });
});
