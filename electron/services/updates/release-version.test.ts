import { describe, expect, it } from 'vitest';
import { isNewerRelease } from './release-version.ts';

describe('isNewerRelease', () => {
  // Catches the comparison of texts, by which 0.10 is older than 0.9.
  it.each([
    ['0.10.0', '0.9.9', true],
    ['1.0.0', '0.99.99', true],
    ['0.1.1', '0.1.0', true],
    ['0.1.0', '0.1.0', false],
    ['0.0.9', '0.1.0', false],
    ['0.9.0', '0.10.0', false],
    ['1.2.0', '1.2.0-beta.1', true],
    ['1.1.9', '1.2.0-beta.1', false],
    ['1.2.0', 'unknown', false],
    ['latest', '0.1.0', false],
  ] as const)('%s over %s: %s', (release, running, isNewer) => {
    expect(isNewerRelease(release, running)).toBe(isNewer);
  });
});
