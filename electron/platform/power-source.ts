import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What a machine runs on; `unknown` where nothing says so. */
export type PowerSource = 'mains' | 'battery' | 'unknown';

/** Longest time that a program of the system may take to tell. */
const answerTimeoutMs = 5_000;

const linuxSupplyFolder = '/sys/class/power_supply';

const run = promisify(execFile);

async function readValue(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch {
    return '';
  }
}

/**
 * By the kernel's list of supplies (Documentation/ABI/testing/sysfs-class-power): a charger that is online means mains;
 * without one, a battery of the machine that is being discharged means battery. `folder` is for tests.
 */
export async function linuxPowerSource(folder: string = linuxSupplyFolder): Promise<PowerSource> {
  const names = await readdir(folder).catch(() => []);
  let isDischarging = false;
  for (const name of names) {
    const [type, scope, online, status] = await Promise.all(
      ['type', 'scope', 'online', 'status'].map((value) => readValue(join(folder, name, value))),
    );
    // The battery of a mouse says nothing about the machine.
    if (scope === 'Device') continue;
    if ((type === 'Mains' || type === 'USB') && online === '1') return 'mains';
    if (type === 'Battery' && status === 'Discharging') isDischarging = true;
  }
  if (isDischarging) return 'battery';
  return names.length > 0 ? 'mains' : 'unknown';
}

/** By the first line of `pmset -g batt`, such as `Now drawing from 'Battery Power'`. */
export function parsePmset(output: string): PowerSource {
  if (output.includes("'Battery Power'")) return 'battery';
  return output.includes("'AC Power'") ? 'mains' : 'unknown';
}

/** By `Win32_Battery.BatteryStatus`, of which 1 means that it is being discharged; no battery gives an empty line. */
export function parseBatteryStatus(output: string): PowerSource {
  const states = output.split(/\s+/).filter((state) => state !== '');
  if (states.length === 0) return 'mains';
  return states.includes('1') ? 'battery' : 'mains';
}

async function ask(file: string, parameters: readonly string[], parse: (output: string) => PowerSource) {
  try {
    const { stdout } = await run(file, [...parameters], { timeout: answerTimeoutMs, windowsHide: true });
    return parse(stdout);
  } catch {
    return 'unknown' as const;
  }
}

const windowsQuestion = '(Get-CimInstance -ClassName Win32_Battery).BatteryStatus';

/** What the machine runs on. Starts a program on macOS and Windows, so ask at most once a minute. Never throws. */
export async function readPowerSource(operatingSystem: NodeJS.Platform): Promise<PowerSource> {
  switch (operatingSystem) {
    case 'linux':
      return await linuxPowerSource();
    case 'darwin':
      return await ask('/usr/bin/pmset', ['-g', 'batt'], parsePmset);
    case 'win32':
      return await ask(
        'powershell.exe',
        ['-NoProfile', '-NonInteractive', '-Command', windowsQuestion],
        parseBatteryStatus,
      );
    default:
      return 'unknown';
  }
}
