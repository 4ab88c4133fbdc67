import { describe, expect, it } from 'vitest';
import { pagesOf, paceOf, roundedRate } from './fit-words.ts';

describe('paceOf', () => {
  it.each([
    [1.2, 'slower'],
    [4, 'reading'],
    [7, 'reading'],
    [7.1, 'faster'],
    [60, 'faster'],
  ] as const)('of %s tokens a second is %s', (rate, pace) => {
    expect(paceOf(rate)).toBe(pace);
  });
});

describe('roundedRate', () => {
  it('never says that a slow model writes nothing', () => {
    // Catches "0 tokens a second" for a large model on a small computer.
    expect(roundedRate(0.4, 'en')).toBe('0.4');
    expect(roundedRate(21.6, 'en')).toBe('22');
    expect(roundedRate(1.46, 'de')).toBe('1,5');
  });
});

describe('pagesOf', () => {
  it('is at least one page', () => {
    expect([pagesOf(512), pagesOf(8_192), pagesOf(32_768)]).toEqual([1, 12, 48]);
  });
});
