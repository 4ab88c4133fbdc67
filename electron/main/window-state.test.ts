import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRecordingLogger } from '../testing/recording-logger.ts';
import { createWindowStateWriter, readWindowState, type WindowState } from './window-state.ts';

const state: WindowState = {
  bounds: { x: -1_800, y: 40, width: 900, height: 700 },
  isMaximized: true,
  isFullScreen: false,
};
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-window-state-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('window state', () => {
  it('comes back as it was written, the last of many', async () => {
    const writer = createWindowStateWriter(folder, createRecordingLogger());
    for (let x = 0; x < 200; x += 1) writer.write({ ...state, bounds: { ...state.bounds, x } });
    writer.write(state);
    await writer.settled();
    expect(await readWindowState(folder)).toEqual(state);
    expect(await readdir(folder)).toEqual(['window-state.json']);
  });

  it('is none at the first start', async () => {
    expect(await readWindowState(folder)).toBeNull();
    expect(await readWindowState(join(folder, 'nowhere'))).toBeNull();
  });

  const text = JSON.stringify(state);
  const lies = (change: object): string => JSON.stringify({ ...state, bounds: { ...state.bounds, ...change } });
  // A crash, a sync program or a hand in the file: the window must come all the same.
  it.each([
    ['nothing', ''],
    ['half of it', text.slice(0, 40)],
    ['zeros', '\0'.repeat(100)],
    ['a list', '[]'],
    ['null', 'null'],
    ['text', 'hello'],
    ['no bounds', '{"isMaximized":true,"isFullScreen":false}'],
    ['a place beyond everything', lies({ x: 1e300 })],
    ['a place that is no number', lies({ x: '10' })],
    ['no width', lies({ width: 0 })],
    ['a negative height', lies({ height: -700 })],
    ['a gigantic width', lies({ width: 1e7 })],
    ['an infinite place', text.replace('-1800', '1e999')],
    ['more than it could be', `${' '.repeat(5_000)}${text}`],
    ['two of them', text + text],
  ])('is none when the file holds %s', async (_name, content) => {
    await writeFile(join(folder, 'window-state.json'), content);
    expect(await readWindowState(folder)).toBeNull();
  });

  it('is none when the file is a folder or a link in a circle', async () => {
    await mkdir(join(folder, 'a', 'window-state.json'), { recursive: true });
    expect(await readWindowState(join(folder, 'a'))).toBeNull();
    await symlink('window-state.json', join(folder, 'window-state.json'));
    expect(await readWindowState(folder)).toBeNull();
  });

  it('writes over a damaged file, and logs what cannot be written', async () => {
    await writeFile(join(folder, 'window-state.json'), 'damaged');
    const writer = createWindowStateWriter(folder, createRecordingLogger());
    writer.write(state);
    await writer.settled();
    expect(await readWindowState(folder)).toEqual(state);

    const logger = createRecordingLogger();
    await writeFile(join(folder, 'file'), '');
    const nowhere = createWindowStateWriter(join(folder, 'file'), logger);
    nowhere.write(state);
    await nowhere.settled();
    expect(logger.lines.map(({ event }) => event)).toEqual(['window-state-not-written']);
  });
});
