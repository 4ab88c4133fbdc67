import { describe, expect, it } from 'vitest';
import { areaUnderCurve, bestThreshold, crossValidated, pointAt, withholdingCurve } from './withholding.ts';
import type { Judged } from './withholding.ts';

const judged = (answerable: readonly number[], unanswerable: readonly number[]): readonly Judged[] => [
  ...answerable.map((confidence) => ({ confidence, isAnswerable: true })),
  ...unanswerable.map((confidence) => ({ confidence, isAnswerable: false })),
];

describe('withholding', () => {
  const mixed = judged([0.9, 0.8, 0.7, 0.6, 0.3], [0.5, 0.4, 0.2, 0.65]);

  it('counts what lies under a threshold, of each kind', () => {
    expect(pointAt(mixed, 0.55)).toEqual({ threshold: 0.55, unanswerableWithheld: 0.75, answerableWithheld: 0.2 });
  });

  it('draws the curve from nothing withheld to everything', () => {
    const curve = withholdingCurve(mixed);
    expect(curve[0]).toMatchObject({ unanswerableWithheld: 0, answerableWithheld: 0 });
    expect(curve.at(-1)).toMatchObject({ unanswerableWithheld: 1, answerableWithheld: 1 });
  });

  it('chooses the threshold that withholds most within what is allowed, in the middle of the equals', () => {
    // Catches a threshold that lies on a question: the next one like it falls on the wrong side.
    const threshold = bestThreshold(judged([0.9, 0.8], [0.2, 0.3]), 0);
    expect(threshold).toBeGreaterThan(0.3);
    expect(threshold).toBeLessThan(0.8);
    expect(pointAt(mixed, bestThreshold(mixed, 0.2))).toMatchObject({
      unanswerableWithheld: 0.75,
      answerableWithheld: 0.2,
    });
  });

  it('measures a threshold on what it was not chosen from', () => {
    // Catches figures that are too good because the threshold knew the questions.
    const random = Array.from({ length: 40 }, (_, index) => ({
      confidence: ((index * 7919) % 97) / 97,
      isAnswerable: index % 2 === 0,
    }));
    const { unanswerableWithheld, answerableWithheld } = crossValidated(random, { folds: 5, mostAnswerable: 0.1 });
    expect(Math.abs(unanswerableWithheld - answerableWithheld)).toBeLessThan(0.4);
    const clear = judged([0.9, 0.91, 0.92, 0.93, 0.94], [0.1, 0.11, 0.12, 0.13, 0.14]);
    expect(crossValidated(clear, { folds: 5, mostAnswerable: 0.1 })).toEqual({
      unanswerableWithheld: 1,
      answerableWithheld: 0,
    });
  });

  it('tells chance from certainty', () => {
    expect(areaUnderCurve(judged([0.9, 0.8], [0.1]))).toBe(1);
    expect(areaUnderCurve(judged([0.5], [0.5]))).toBe(0.5);
    expect(areaUnderCurve(judged([0.5], []))).toBe(0.5);
  });
});
