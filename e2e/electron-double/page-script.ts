import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import type { PreloadOptions } from './page/preload-message.ts';

const pageFolder = join(import.meta.dirname, 'page');

/**
 * The files of page/ as one classic script: types stripped, imports and exports dropped, so they share one scope and no
 * bundler has to run at each start. Needs distinct top-level names, and files in the order of their imports.
 */
function joinModules(...names: readonly string[]): string {
  return names
    .map((name) => stripTypeScriptTypes(readFileSync(join(pageFolder, name), 'utf8')))
    .join('\n')
    .replace(/^import\s[^;]*;/gm, '')
    .replace(/^export /gm, '');
}

/** Only the top frame has a preload and what it exposes. */
const inTopFrame = (script: string): string => `if (window === window.top) { (() => {${script}})(); }`;

/** The script for the page's own world. */
export function mainWorldScript(bridgeName: string): string {
  return inTopFrame(`${joinModules('context-bridge.ts')}\nreceiveExposed(${JSON.stringify(bridgeName)});`);
}

/** The script for the preload's world; it leaves one global, the function that takes in what the main process sends. */
export function preloadScript(options: PreloadOptions, preloadPath: string): string {
  const modules = joinModules('clone-codec.ts', 'port-bridge.ts', 'context-bridge.ts', 'isolated-world.ts');
  const preload = `function (require, process, module, exports) {${readFileSync(preloadPath, 'utf8')}\n}`;
  const start = `startPreload(${JSON.stringify(options)}, ${preload})`;
  return inTopFrame(`${modules}\nglobalThis.__electronDoubleIn = ${start};`);
}
