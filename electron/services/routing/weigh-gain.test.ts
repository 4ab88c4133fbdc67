import { describe, expect, it } from 'vitest';
import { weighGain } from './weigh-gain.ts';

const good = { supported: 0.9, tokenProbability: null, confidence: 0.9, isWithheld: false };
const chances = Array.from({ length: 199 }, (_, index) => (index + 1) / 200);
const places = Array.from({ length: 21 }, (_, index) => index / 20);

/** Share of questions of all chances that leave, for each place of the slider. */
const leaving = (...[localAnswer, strain]: [typeof good | null, 'battery' | 'busy' | null]): readonly number[] =>
  places.map(
    (place) =>
      chances.filter((chance) => weighGain(chance, localAnswer, place, strain).place === 'remote').length /
      chances.length,
  );

describe('weighGain', () => {
  // Catches a slider that sends less away when it is moved towards quality, or anything at "prefer local".
  it.each([
    [null, null],
    [null, 'battery'],
    [null, 'busy'],
    [good, null],
    [good, 'battery'],
  ] as const)('sends no less the further the slider is moved, after %j under strain %s', (localAnswer, strain) => {
    const shares = leaving(localAnswer, strain);
    expect(shares[0]).toBe(0);
    expect(shares).toEqual(shares.toSorted((one, other) => one - other));
    expect(shares.at(-1)).toBeGreaterThan(0.4);
  });

  it('keeps nothing here under strain that would have left without it, and counts none after the answer', () => {
    const [calm, strained] = [leaving(null, null), leaving(null, 'busy')];
    expect(strained.every((share, index) => share >= (calm[index] ?? 0))).toBe(true);
    expect(leaving(good, 'battery')).toEqual(leaving(good, null));
  });
});
