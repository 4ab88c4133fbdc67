import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import { boundaryRules } from './rules.mjs';
import { productFolders } from './import-table.mjs';

/** @typedef {{ rule: string, from: string, to: string }} Violation */

/** The bundler's own endings (`./icon.svg?url`) are not files for a resolver. */
const unresolvedRule = {
  name: 'every import is found',
  severity: 'error',
  from: {},
  to: { couldNotResolve: true, pathNot: ['\\?', '^virtual:'] },
};

/**
 * Judges every import below `electron/` and `renderer/` by the import table.
 *
 * @param {string} root a checkout, or a tree with the same folder names
 * @returns {Promise<{ modules: number, violations: Violation[] }>} `modules` counts the files of the product that were
 *   read. Nothing was checked when it is zero, whatever `violations` says.
 */
export async function cruiseProduct(root) {
  const folders = productFolders.filter((folder) => existsSync(join(root, folder)));
  const { output } = await cruise(
    folders,
    {
      baseDir: root,
      validate: true,
      ruleSet: { forbidden: [...boundaryRules, unresolvedRule] },
      tsPreCompilationDeps: true,
      parser: 'tsc',
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '^(electron|renderer)/.*\\.d\\.ts$' },
    },
    {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.css', '.d.ts'],
    },
  );
  const modules = output.modules.filter(({ source }) => /^(electron|renderer)\/.*\.tsx?$/.test(source));
  const violations = output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
  return { modules: modules.length, violations };
}
