import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hardeningLines } from './hardening-lines.ts';

const root = join(import.meta.dirname, '..', '..', '..');

describe('hardening lines', () => {
  // The campaign takes each away and runs the test beside it; here only that it is where the campaign looks for it, so that
  // a line which was moved or lost is noticed in every run of the suite.
  it('stand where they are said to be, once', () => {
    const lost = hardeningLines.filter(
      ({ file, text }) => readFileSync(join(root, file), 'utf8').split(text).length !== 2,
    );
    expect(lost.map(({ file, text }) => `${file}: ${text.trim()}`)).toEqual([]);
  });
  it('have a test each', () => {
    expect(hardeningLines.filter(({ test }) => !existsSync(join(root, test)))).toEqual([]);
    expect(hardeningLines.length).toBeGreaterThan(100);
  });
});
