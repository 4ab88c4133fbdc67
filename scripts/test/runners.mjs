import { join } from 'node:path';
import { runCounted } from './run-counted.mjs';

const reporter = 'scripts/test/count-reporter.mjs';

/** Every Vitest project: units, tooling, and what runs the built product or the starter model. */
export const runVitest = (root) =>
  runCounted(root, 'vitest', [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--config',
    'scripts/config/vitest.config.ts',
    '--reporter=default',
    `--reporter=./${reporter}`,
  ]);

/**
 * @param {string} root
 * @param {string[]} [args] for Playwright, such as `--project host`
 */
export const runPlaywright = (root, args = []) =>
  runCounted(root, 'playwright', [
    join(root, 'node_modules/@playwright/test/cli.js'),
    'test',
    '--config',
    'e2e/playwright.config.ts',
    `--reporter=list,${join(root, reporter)}`,
    ...args,
  ]);
