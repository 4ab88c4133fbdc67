import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const dayMs = 24 * 60 * 60 * 1000;
const reachabilityMs = 4000;
/** Long enough to unpack a copy from Electron's own cache. */
const unreachableInstallMs = 8000;
const downloadMs = 15 * 60 * 1000;

/** @typedef {{ status: 'available', path: string } | { status: 'unavailable', reason: string }} ElectronBinary */

const packageFolder = (root) => join(root, 'node_modules', 'electron');
const failureFile = (root) => join(root, '.cache', 'electron-unavailable.json');

function installedVersion(root) {
  return JSON.parse(readFileSync(join(packageFolder(root), 'package.json'), 'utf8')).version;
}

/**
 * The Electron executable, if it is there already.
 *
 * @param {string} root the checkout
 * @returns {string | undefined}
 */
export function findElectron(root) {
  try {
    const path = join(packageFolder(root), 'dist', readFileSync(join(packageFolder(root), 'path.txt'), 'utf8'));
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

function recentFailure(root) {
  try {
    const { version, at, reason } = JSON.parse(readFileSync(failureFile(root), 'utf8'));
    return version === installedVersion(root) && Date.now() - at < dayMs ? reason : undefined;
  } catch {
    return undefined;
  }
}

function rememberFailure(root, reason) {
  mkdirSync(dirname(failureFile(root)), { recursive: true });
  writeFileSync(failureFile(root), JSON.stringify({ version: installedVersion(root), at: Date.now(), reason }));
}

/** @returns {Promise<string | undefined>} why the place that Electron is published at does not answer */
async function whyUnreachable(url) {
  try {
    await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(reachabilityMs) });
    return undefined;
  } catch (error) {
    return error.cause?.message ?? error.message;
  }
}

/**
 * Why a window cannot be opened here, whether or not there is an Electron.
 *
 * @returns {string | undefined}
 */
export function whyNoWindow({ platform, env, getuid } = process) {
  if (platform !== 'linux') return undefined;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'this system has no display';
  return getuid() === 0 ? 'Electron does not run for the root user' : undefined;
}

/**
 * The Electron executable, fetched if it has to be, from the mirror that npm is configured with. An attempt that failed is not repeated for a day: it costs seconds.
 *
 * @param {string} root the checkout
 * @param {(line: string) => void} say
 * @returns {Promise<ElectronBinary>}
 */
export async function obtainElectron(root, say) {
  const present = findElectron(root);
  if (present) return { status: 'available', path: present };
  const failure = recentFailure(root);
  if (failure) return { status: 'unavailable', reason: failure };

  say('Fetching Electron, which the window runs in (about 120 MB) …');
  const mirror = process.env.npm_config_electron_mirror ?? process.env.ELECTRON_MIRROR;
  const unreachable = await whyUnreachable(mirror ?? 'https://github.com/electron/electron/releases/');
  spawnSync(process.execPath, [join(packageFolder(root), 'install.js')], {
    cwd: root,
    stdio: ['ignore', process.stderr, unreachable ? 'ignore' : process.stderr],
    timeout: unreachable ? unreachableInstallMs : downloadMs,
  });
  const path = findElectron(root);
  if (path) return { status: 'available', path };
  const reason = `Electron could not be fetched (${unreachable ?? 'its download failed'})`;
  rememberFailure(root, reason);
  return { status: 'unavailable', reason };
}
