import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closingLine, runCounted } from './run-counted.mjs';

const checkout = join(import.meta.dirname, '../..');
const reporter = join(import.meta.dirname, 'count-reporter.mjs');

describe('counted run', () => {
  // Below the checkout, so that the runner finds its packages.
  let root = '';
  beforeEach(() => {
    mkdirSync(join(checkout, '.cache'), { recursive: true });
    root = mkdtempSync(join(checkout, '.cache', 'counted-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const runVitest = (file, source) => {
    writeFileSync(join(root, file), source);
    writeFileSync(join(root, 'vitest.config.mjs'), `export default { test: { include: ['*.case.mjs'] } };`);
    const vitest = join(checkout, 'node_modules/vitest/vitest.mjs');
    return runCounted(root, 'vitest', [vitest, 'run', '--root', root, `--reporter=${reporter}`], 'ignore');
  };

  it('counts the cases of Vitest', async () => {
    const source = `import { it } from 'vitest'; it('a', () => {}); it('b', () => {}); it('c', () => { throw new Error('c'); });`;
    expect(await runVitest('a.case.mjs', source)).toEqual({ passed: 2, failed: 1, skipped: 0 });
  });

  // A file that cannot be imported has no cases: without care the run would look smaller, not broken.
  it('counts a file that cannot be imported as failed', async () => {
    expect(await runVitest('a.case.mjs', `import './not-there.mjs';`)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('counts a run without any test as failed', async () => {
    expect(await runVitest('a.other.mjs', '')).toMatchObject({ passed: 0, failed: 1 });
  });

  it('counts the cases of Playwright', async () => {
    writeFileSync(
      join(root, 'a.spec.mjs'),
      `import { test } from '@playwright/test'; test('a', () => {}); test('b', () => { throw new Error('b'); });`,
    );
    const playwright = join(checkout, 'node_modules/@playwright/test/cli.js');
    const args = [playwright, 'test', '--config', root, '--output', join(root, 'results'), `--reporter=${reporter}`];
    expect(await runCounted(root, 'playwright', args, 'ignore')).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('counts a runner that dies as failed', async () => {
    expect(await runCounted(root, 'dead', ['-e', 'process.exit(0)'])).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe('closing line', () => {
  it('adds up the runners', () => {
    const one = { passed: 2, failed: 0, skipped: 0 };
    expect(closingLine([one, { passed: 3, failed: 1, skipped: 0 }])).toBe('5 passed, 1 failed');
  });

  it('names the skipped ones when there are any', () => {
    expect(closingLine([{ passed: 1, failed: 0, skipped: 2 }])).toBe('1 passed, 0 failed, 2 skipped');
  });
});
