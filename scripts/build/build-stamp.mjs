import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

const inputs = ['electron', 'renderer', 'resources', 'electron.vite.config.ts', 'package.json', 'package-lock.json'];
/** What a finished build has; one of them missing means that someone has cleaned up. */
const outputs = ['main/index.js', 'main/host.js', 'main/cli.js', 'preload/index.cjs', 'renderer/index.html'];
const isIrrelevant = /\.(test\.tsx?|md|gguf)$/;

const stampFile = (root) => join(root, '.cache', 'build-stamp');

function filesBelow(root, input) {
  if (!statSync(join(root, input)).isDirectory()) return [input];
  return readdirSync(join(root, input), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !isIrrelevant.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

/**
 * A digest of everything that a build is made from.
 *
 * @param {string} root the checkout
 */
export function digestInputs(root) {
  const hash = createHash('sha256');
  const files = inputs.filter((input) => existsSync(join(root, input))).flatMap((input) => filesBelow(root, input));
  for (const file of files.toSorted()) {
    hash
      .update(`${file.split(sep).join('/')}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** @param {string} root */
export function isBuilt(root, digest = digestInputs(root)) {
  if (!outputs.every((path) => existsSync(join(root, 'out', path)))) return false;
  return existsSync(stampFile(root)) && readFileSync(stampFile(root), 'utf8') === digest;
}

/** @param {string} root */
export const forgetBuild = (root) => rmSync(stampFile(root), { force: true });

/**
 * @param {string} root
 * @param {string} digest of the inputs as they were before the build began
 */
export function rememberBuild(root, digest) {
  mkdirSync(dirname(stampFile(root)), { recursive: true });
  writeFileSync(stampFile(root), digest);
}
