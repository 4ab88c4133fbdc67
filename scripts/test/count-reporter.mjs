// One reporter for both test runners: it writes how many test cases passed, failed and were skipped.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** The file to write to, for a runner that was started by `runCounted`. */
export const countsFileVariable = 'SOTTO_TEST_COUNTS';

function write(counts) {
  const file = process.env[countsFileVariable];
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(counts));
}

/**
 * The test cases of Vitest's modules. A module that failed without a failed case (it could not be imported, a hook of it
 * threw) and an error outside every test count as one failure each.
 *
 * @param {readonly import('vitest/node').TestModule[]} modules
 * @param {readonly unknown[]} strayErrors
 * @returns {Counts}
 */
export function countVitest(modules, strayErrors) {
  const counts = { passed: 0, failed: strayErrors.length, skipped: 0 };
  for (const module of modules) {
    const states = [...module.children.allTests()].map((test) => test.result().state);
    for (const state of states) counts[state === 'passed' || state === 'failed' ? state : 'skipped'] += 1;
    if ((!module.ok() || states.length === 0) && !states.includes('failed')) counts.failed += 1;
  }
  return counts;
}

/** The outcome of one Playwright case: one that passed at a second try has passed. */
export const playwrightOutcome = (outcome) =>
  ({ expected: 'passed', flaky: 'passed', skipped: 'skipped' })[outcome] ?? 'failed';

export default class CountReporter {
  #outcomes = new Map();
  #strayErrors = 0;

  onTestRunEnd(modules, strayErrors = []) {
    write(countVitest(modules, strayErrors));
  }

  onTestEnd(test) {
    this.#outcomes.set(test.id, playwrightOutcome(test.outcome()));
  }

  onError() {
    this.#strayErrors += 1;
  }

  onEnd() {
    const counts = { passed: 0, failed: this.#strayErrors, skipped: 0 };
    for (const outcome of this.#outcomes.values()) counts[outcome] += 1;
    write(counts);
  }

  printsToStdio() {
    return false;
  }
}
