import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { digestInputs, forgetBuild, isBuilt, rememberBuild } from './build-stamp.mjs';

/**
 * Builds the product if one of its inputs changed since the last build. Everything it has to say goes to standard error,
 * which leaves standard output to the command that needs the build.
 *
 * @param {string} root the checkout
 * @param {{ isForced?: boolean, say?: (line: string) => void }} [options]
 * @returns {boolean} false when the build failed; its output has been shown
 */
export function buildProduct(root, { isForced = false, say = () => {} } = {}) {
  const digest = digestInputs(root);
  if (!isForced && isBuilt(root, digest)) return true;
  say('Building the app …');
  forgetBuild(root);
  const builder = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [builder, 'build', '--logLevel', 'warn'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  if (status !== 0) {
    // The builder colours what it prints whether or not someone looks at a terminal.
    const output = process.stderr.isTTY ? stdout + stderr : stripVTControlCharacters(stdout + stderr);
    console.error(`${output}\nThe app could not be built: see above.`);
    return false;
  }
  rememberBuild(root, digest);
  return true;
}
