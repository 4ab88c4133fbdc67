import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../../../electron/testing/seeded-random.ts';
import { saysGold, saysOfGold } from './answer-quality.ts';
import { findDirections } from './find-directions.ts';
import { budgetCurve, firstWith, gapRecovered, qualityAt, randomQualityAt } from './judge-router.ts';

const question = (localQuality: number, cost: number) => ({ text: 'a', localQuality, strongQuality: 1, cost });
const questions = [question(1, 1), question(0, 1), question(1, 1), question(0, 5)];

describe('budgetCurve', () => {
  // Catches figures that flatter: a router that knows the answers must be the best there is, and its opposite the worst.
  it('rises first for a router that knows, and last for its opposite', () => {
    const knowing = budgetCurve(questions, [0, 0.9, 0, 0.8]);
    expect(knowing.map(({ quality }) => quality)).toEqual([0.5, 0.75, 1, 1, 1]);
    expect(budgetCurve(questions, [0.9, 0, 0.8, 0.1]).map(({ quality }) => quality)).toEqual([0.5, 0.5, 0.5, 0.75, 1]);
    expect(gapRecovered(questions, knowing)).toBeCloseTo(0.7);
    expect(qualityAt(knowing, 0.5)).toBe(1);
    expect(randomQualityAt(questions, 0.5)).toBe(0.75);
  });

  it('tells calls and cost of a quality apart', () => {
    const curve = budgetCurve(questions, [0, 0.9, 0, 0.8]);
    expect(firstWith(questions, curve, 0.75)).toMatchObject({ calls: 0.25, cost: 0.125 });
    expect(firstWith(questions, curve, 0.95)).toMatchObject({ calls: 0.5, cost: 0.75 });
  });
});

describe('findDirections', () => {
  it('finds the line along which vectors lie', () => {
    const random = createSeededRandom(3);
    const vectors = Array.from({ length: 200 }, () => {
      const along = 10 * (random() - 0.5);
      return [0.6 * along + 1, 0.8 * along + 2, 0.1 * (random() - 0.5)];
    });
    const { mean, directions } = findDirections(vectors, 2);
    expect(mean[2]).toBeCloseTo(0, 1);
    expect(Math.abs((directions[0]?.[0] ?? 0) * 0.6 + (directions[0]?.[1] ?? 0) * 0.8)).toBeCloseTo(1, 3);
    expect(Math.abs(directions[1]?.[2] ?? 0)).toBeCloseTo(1, 2);
  });
});

describe('the quality of an answer', () => {
  // Catches a gold answer that is found inside another word, or that an article hides.
  it('holds a gold answer word for word', () => {
    expect(saysGold('It was signed in “the Hague”, in 1899.', ['The Hague'])).toBe(1);
    expect(saysGold('It was signed in 18995.', ['1899'])).toBe(0);
    expect(saysGold('Anything.', ['the'])).toBe(0);
  });

  it('is the share of the words of a longer gold answer', () => {
    expect(saysOfGold('They decided to raise prices.', 'The group decided on higher prices.')).toBe(0.5);
  });
});
