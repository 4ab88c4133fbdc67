import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';

const sourceFolders = ['electron', 'renderer', 'e2e', 'scripts'];
const sourceEnding = /\.(ts|tsx|mts|cts|js|mjs|cjs)$/;

/**
 * Every hand-written source file of a checkout, as paths relative to it with forward slashes.
 *
 * @param {string} root
 * @returns {string[]}
 */
export function listSourceFiles(root) {
  return sourceFolders
    .flatMap((folder) => {
      try {
        return readdirSync(join(root, folder), { recursive: true }).map((name) => `${folder}/${String(name)}`);
      } catch (error) {
        if (error.code === 'ENOENT') return [];
        throw error;
      }
    })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => sourceEnding.test(path) && !path.includes('/node_modules/'));
}

/** @param {string} path */
export const isTestFile = (path) => /\.(test|spec)\.[a-z]+$/.test(path) || path.startsWith('electron/testing/');
