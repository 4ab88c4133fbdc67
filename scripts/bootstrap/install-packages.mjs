// Plain JavaScript for Node 20 with nothing installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const progressEveryMs = 5000;
const stampFile = (root) => join(root, 'node_modules', '.install-stamp');

/** What an installation depends on: another lock file or another system needs another one. */
function stampOf(root) {
  const lockFile = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256').update(lockFile).update(`${process.platform}-${process.arch}`).digest('hex');
}

/** @param {string} root the checkout */
export function isInstalled(root) {
  try {
    return readFileSync(stampFile(root), 'utf8') === stampOf(root);
  } catch {
    return false;
  }
}

/**
 * The folders that `npm ci` will fill on this system.
 *
 * @param {{ packages: Record<string, { os?: string | string[], cpu?: string | string[] }> }} lockFile
 * @returns {string[]}
 */
export function packagesForThisSystem({ packages }, { platform, arch } = process) {
  // The lock file has a list, or one name without a list around it.
  const fits = (wanted, own) => {
    const names = [wanted ?? own].flat();
    return names.includes(own) || names.some((name) => name.startsWith('!') && name !== `!${own}`);
  };
  return Object.entries(packages)
    .filter(([path, { os, cpu }]) => path !== '' && fits(os, platform) && fits(cpu, arch))
    .map(([path]) => path);
}

/** npm itself is silent for minutes: count the packages that have arrived. */
function reportProgress(root, say) {
  const expected = packagesForThisSystem(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  const startedAt = Date.now();
  const timer = setInterval(() => {
    const present = expected.filter((path) => existsSync(join(root, path, 'package.json'))).length;
    say(`  ${present} of about ${expected.length} packages, ${Math.round((Date.now() - startedAt) / 1000)} s`);
  }, progressEveryMs);
  return () => clearInterval(timer);
}

/** The npm that started us, else the one on the path. */
function npmCommand() {
  const own = process.env.npm_execpath;
  if (own?.endsWith('npm-cli.js')) return { command: process.execPath, args: [own], shell: false };
  return { command: 'npm', args: [], shell: process.platform === 'win32' };
}

function runNpm(root) {
  const { command, args, shell } = npmCommand();
  const flags = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  // Standard output belongs to the command that runs afterwards.
  const stdio = ['ignore', process.stderr, process.stderr];
  return new Promise((resolve) => {
    const child = spawn(command, [...args, ...flags], { cwd: root, stdio, shell });
    const stop = (signal) => child.kill(signal);
    process.once('SIGINT', stop).once('SIGTERM', stop);
    child.once('error', (error) => resolve({ code: 1, reason: error.message }));
    child.once('exit', (code, signal) => {
      process.off('SIGINT', stop).off('SIGTERM', stop);
      resolve({ code: code ?? 130, reason: signal ? `stopped by ${signal}` : `npm ended with code ${code}` });
    });
  });
}

/**
 * Installs what the lock file names. Install scripts never run: every package that we use works without its own.
 *
 * @param {string} root the checkout
 * @param {(line: string) => void} say
 * @returns {Promise<number>} 0, or the exit code to end with
 */
export async function installPackages(root, say) {
  say('Installing packages from the lock file: this takes a few minutes the first time (about 1.5 GB) …');
  const stopReporting = reportProgress(root, say);
  const { code, reason } = await runNpm(root);
  stopReporting();
  if (code !== 0) {
    say(`The packages could not be installed (${reason}). Check the network and the disk, then run the command again.`);
    return code;
  }
  writeFileSync(stampFile(root), stampOf(root));
  say('Packages installed.');
  return 0;
}
