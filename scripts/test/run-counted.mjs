import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runSupervised } from '../bootstrap/supervised-child.mjs';
import { countsFileVariable } from './count-reporter.mjs';

/** @typedef {import('./count-reporter.mjs').Counts} Counts */

function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

/**
 * Runs a test runner that reports through our reporter. A runner that dies, or that ends badly without naming a failure,
 * counts as one.
 *
 * @param {string} root the checkout
 * @param {string} name of the runner
 * @param {string[]} args for Node
 * @param {'inherit' | 'ignore'} [output] where what the runner prints goes
 * @returns {Promise<Counts>}
 */
export async function runCounted(root, name, args, output = 'inherit') {
  const file = join(root, '.cache', 'test-counts', `${name}.json`);
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  const env = { ...process.env, [countsFileVariable]: file };
  const { code } = await runSupervised(process.execPath, args, {
    cwd: root,
    env,
    stdio: ['ignore', output, output],
  });
  const counts = readCounts(file);
  const hasDied = counts.passed + counts.failed + counts.skipped === 0;
  return hasDied || (code !== 0 && counts.failed === 0) ? { ...counts, failed: counts.failed + 1 } : counts;
}

/**
 * The closing line of a test run.
 *
 * @param {readonly Counts[]} all
 */
export function closingLine(all) {
  const sum = (key) => all.reduce((total, counts) => total + counts[key], 0);
  const skipped = sum('skipped');
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
