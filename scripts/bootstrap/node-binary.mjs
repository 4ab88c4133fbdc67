// Plain JavaScript for Node 20 with nothing installed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The oldest Node that the build, the tests and the product run on. */
const oldestMajor = 24;

/**
 * The Node to run with: the one among our packages, else the one that runs this file if it is new enough.
 *
 * @param {string} root the checkout
 * @returns {string | undefined}
 */
export function findNode(root, { platform, arch, execPath, versions } = process) {
  const isWindows = platform === 'win32';
  const name = `node-${isWindows ? 'win' : platform}-${arch}`;
  const ours = join(root, 'node_modules', name, 'bin', isWindows ? 'node.exe' : 'node');
  if (existsSync(ours)) return ours;
  return Number(versions.node.split('.')[0]) >= oldestMajor ? execPath : undefined;
}

/** What to tell someone whose system has no Node that will do. */
export const noNodeSentence = `Sotto needs Node ${oldestMajor} or newer on this system, and this is Node ${process.versions.node}: install it from https://nodejs.org, then run the command again.`;
