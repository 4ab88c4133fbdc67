import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
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
    // The builder colours what it prints even when nobody looks at a terminal.
    env: process.stderr.isTTY ? process.env : { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    maxBuffer: 64 << 20,
  });
  if (status !== 0) {
    console.error(`${stdout}${stderr}\nThe app could not be built: see above.`);
    return false;
  }
  rememberBuild(root, digest);
  return true;
}
