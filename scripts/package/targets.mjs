// What is built, for whom, and how large it may be.

/**
 * @typedef {{
 *   name: string,
 *   platform: 'linux' | 'mac' | 'win',
 *   os: 'linux' | 'darwin' | 'win32',
 *   cpu: 'x64' | 'arm64',
 *   kinds: readonly string[],
 *   engines: readonly string[],
 *   budgetMebibytes: number,
 * }} Target
 *
 * `engines` are the builds of the engine that go in: one for the processor, one for the graphics of the system. CUDA's is
 * six times as large as all others together and stays out. `budgetMebibytes` is of the app's own files, without Electron.
 */

/** @type {readonly Target[]} */
export const targets = [
  {
    name: 'linux-x64',
    platform: 'linux',
    os: 'linux',
    cpu: 'x64',
    kinds: ['AppImage', 'deb', 'rpm'],
    engines: ['linux-x64', 'linux-x64-vulkan'],
    budgetMebibytes: 430,
  },
  {
    name: 'linux-arm64',
    platform: 'linux',
    os: 'linux',
    cpu: 'arm64',
    kinds: ['AppImage', 'deb', 'rpm'],
    engines: ['linux-arm64'],
    budgetMebibytes: 350,
  },
  {
    name: 'mac-arm64',
    platform: 'mac',
    os: 'darwin',
    cpu: 'arm64',
    kinds: ['dmg', 'zip'],
    engines: ['mac-arm64-metal'],
    budgetMebibytes: 350,
  },
  {
    name: 'mac-x64',
    platform: 'mac',
    os: 'darwin',
    cpu: 'x64',
    kinds: ['dmg', 'zip'],
    engines: ['mac-x64'],
    budgetMebibytes: 350,
  },
  {
    name: 'win-x64',
    platform: 'win',
    os: 'win32',
    cpu: 'x64',
    kinds: ['nsis'],
    engines: ['win-x64', 'win-x64-vulkan'],
    budgetMebibytes: 430,
  },
];

/** The target with this name, or an error that lists all. */
export function targetNamed(name) {
  const target = targets.find((one) => one.name === name);
  if (target) return target;
  throw new Error(`There is no target "${name}". There are: ${targets.map((one) => one.name).join(', ')}.`);
}

/** The target for the machine that asks; null where nothing is built for it. */
export function targetOf(os, cpu) {
  return targets.find((one) => one.os === os && one.cpu === cpu) ?? null;
}
