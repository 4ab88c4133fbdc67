import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { autostartEntry, autostartFolder, readAutostart, writeAutostart } from './autostart-entry.ts';

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'sotto-autostart-')), 'config', 'autostart');
});
afterEach(async () => {
  await rm(join(folder, '..', '..'), { recursive: true, force: true });
});

describe('autostartEntry', () => {
  // A path with a blank or a dollar would start another program, or none.
  it.each([
    ['/opt/Sotto/sotto', 'Exec="/opt/Sotto/sotto" --hidden'],
    ['/home/ada/My Apps/Sotto.AppImage', 'Exec="/home/ada/My Apps/Sotto.AppImage" --hidden'],
    ['/home/ada/$(x)`y`"z"', 'Exec="/home/ada/\\\\$(x)\\\\`y\\\\`\\\\"z\\\\"" --hidden'],
    ['/home/ada/100%/sotto', 'Exec="/home/ada/100%%/sotto" --hidden'],
  ])('quotes %s', (path, line) => expect(autostartEntry(path, ['--hidden'])?.split('\n')).toContain(line));

  it.each(['/opt/a\nExec=evil', '/opt/a\u0000', '/opt/a=b'])('refuses %j', (path) =>
    expect(autostartEntry(path, [])).toBeNull(),
  );
});

describe('autostart', () => {
  it('is on after it was written, and off after it was taken away', async () => {
    expect(await readAutostart(folder)).toBe(false);
    await writeAutostart(folder, autostartEntry('/opt/Sotto/sotto', ['--hidden']));
    expect(await readAutostart(folder)).toBe(true);
    await writeAutostart(folder, null);
    expect(await readAutostart(folder)).toBe(false);
    await writeAutostart(folder, null);
  });

  // The settings of the desktop switch it off in these ways, and the app has to say so.
  it.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])('is off with %s', async (line) => {
    await writeAutostart(folder, 'x');
    await writeFile(join(folder, 'sotto.desktop'), `[Desktop Entry]\n${line}\n`);
    expect(await readAutostart(folder)).toBe(false);
  });
});

describe('autostartFolder', () => {
  it.each([
    [{}, '/home/ada/.config/autostart'],
    [{ XDG_CONFIG_HOME: '/x' }, '/x/autostart'],
    [{ XDG_CONFIG_HOME: 'x' }, '/home/ada/.config/autostart'],
  ])('is of %j', (environment, path) => expect(autostartFolder(environment, '/home/ada')).toBe(path));
});
