import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linuxPowerSource, parseBatteryStatus, parsePmset } from './power-source.ts';

type Supply = Readonly<Record<string, string>>;

describe('linuxPowerSource', () => {
  const battery: Supply = { type: 'Battery', status: 'Discharging' };
  const mouse: Supply = { type: 'Battery', status: 'Discharging', scope: 'Device' };

  it.each<[string, Readonly<Record<string, Supply>>, string]>([
    ['a desktop with a mouse', { hidpp_battery_0: mouse }, 'mains'],
    ['a laptop on its battery', { AC: { type: 'Mains', online: '0' }, BAT0: battery }, 'battery'],
    [
      'a laptop on its charger',
      { AC: { type: 'Mains', online: '1' }, BAT0: { ...battery, status: 'Charging' } },
      'mains',
    ],
    [
      'a laptop charged by USB-C',
      { BAT0: { ...battery, status: 'Full' }, ucsi: { type: 'USB', online: '1' } },
      'mains',
    ],
    ['a machine that says nothing', {}, 'unknown'],
  ])('%s', async (_, supplies, expected) => {
    const folder = await mkdtemp(join(tmpdir(), 'sotto-power-'));
    for (const [name, values] of Object.entries(supplies)) {
      await mkdir(join(folder, name));
      for (const [value, text] of Object.entries(values)) await writeFile(join(folder, name, value), `${text}\n`);
    }
    expect(await linuxPowerSource(folder)).toBe(expected);
    await rm(folder, { recursive: true });
    expect(await linuxPowerSource(folder)).toBe('unknown');
  });
});

describe('parsePmset', () => {
  it('reads the first line', () => {
    expect(parsePmset("Now drawing from 'Battery Power'\n -InternalBattery-0 (id=1)\t84%; discharging;")).toBe(
      'battery',
    );
    expect(parsePmset("Now drawing from 'AC Power'\n")).toBe('mains');
    expect(parsePmset('')).toBe('unknown');
  });
});

describe('parseBatteryStatus', () => {
  it('takes only discharging for battery', () => {
    expect(['1\r\n', '2\r\n', '2\r\n1\r\n', ''].map(parseBatteryStatus)).toEqual([
      'battery',
      'mains',
      'battery',
      'mains',
    ]);
  });
});
